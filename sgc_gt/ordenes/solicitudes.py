"""`solicitar` y `resolver`: lo que alguien pide, y lo que se decide."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, NamedTuple

import yaml

from sgc_gt.config.lectura import leer_yaml
from sgc_gt.consultas.ancla import ancla_de
from sgc_gt.contexto import Contexto, Vista
from sgc_gt.dominio import rutas
from sgc_gt.dominio import solicitudes as s
from sgc_gt.dominio.ancla import ANCLA
from sgc_gt.dominio.ficha import Ficha
from sgc_gt.dominio.reglamento import decidir
from sgc_gt.dominio.servicio import Tipo
from sgc_gt.dominio.situacion import situacion
from sgc_gt.errores import NoEncontrado
from sgc_gt.ordenes import borrador as taller
from sgc_gt.ordenes.borrador import Borrador
from sgc_gt.ordenes.crear import siguiente_instancia
from sgc_gt.ordenes.movimiento import Propuesta, Resultado, registrar
from sgc_gt.ordenes.pedido import Peticion, pedido
from sgc_gt.ordenes.propuesta import con_archivo

AREA = "SGC"


class Solicitud(NamedTuple):
    """Lo que se pide."""

    pide: str
    documento: str = ""
    titulo: str = ""
    propone: str = ""


class Decision(NamedTuple):
    """Lo que se decide, y con cuál sigue si se une a otra."""

    decision: str
    con: str = ""


def solicitar(ctx: Contexto, nueva: Solicitud, peticion: Peticion) -> Resultado:
    """Presenta la solicitud: queda en la serie, con su formulario, esperando a quien la resuelve."""

    avisos: list[str] = []

    def preparar(vista: Vista, ahora: datetime) -> list[Propuesta]:
        tipo = _tipo(vista)
        sobre = vista.ficha(nueva.documento) if nueva.documento else None
        avisos[:] = _parecidas(vista, tipo, nueva.pide, sobre)
        cargo = _cargo(ctx, vista, peticion.fecha or ahora.date())
        codigo = siguiente_instancia(vista, tipo.serie, str(ahora.year))
        extra = {s.PIDE: nueva.pide, **({s.DOCUMENTO: sobre.codigo} if sobre else {})}
        p, evidencia = pedido(ctx, "solicitar", codigo, None, peticion._replace(extra=extra), ahora)
        p = p._replace(tipo=tipo.id, cargo=cargo, identidad=_identidad(vista, tipo, nueva, sobre, cargo))
        datos = _datos(nueva, sobre, cargo, p.motivo)

        def armar(despues: Ficha, version: str) -> Borrador:
            return taller.generar(vista, despues, version, datos)

        return [con_archivo(vista, None, p, evidencia, armar)]

    [hecho] = registrar(ctx, preparar)
    return hecho._replace(avisos=(*hecho.avisos, *avisos))


def _parecidas(vista: Vista, tipo: Tipo, pide: str, sobre: Ficha | None) -> list[str]:
    """Lo que ya se pidió del mismo documento y nadie ha resuelto: quizás es lo mismo, dos veces."""
    if sobre is None:
        return []
    iguales = [
        f.codigo
        for f in vista.instancias(tipo.serie)
        if f.actos[0].extra.get(s.PIDE) == pide
        and f.actos[0].extra.get(s.DOCUMENTO) in sobre.codigos
        and situacion(f).abierta
    ]
    ya = f"ya se pidió lo mismo de {sobre.codigo} y está sin resolver: {', '.join(iguales)}"
    return [f"{ya}; si es una sola, se unen al resolver (--junta-con)"] if iguales else []


def resolver(ctx: Contexto, codigo: str, decision: Decision, peticion: Peticion) -> Resultado:
    """Anota la decisión en la solicitud, que queda archivada con ella en su formulario."""

    def preparar(vista: Vista, ahora: datetime) -> list[Propuesta]:
        ficha = vista.ficha(codigo)
        extra = {s.DECISION: decision.decision, **({s.CON: decision.con} if decision.con else {})}
        p, evidencia = pedido(ctx, "resolver", codigo, ficha, peticion._replace(extra=extra), ahora)
        v = situacion(ficha, ahora.date()).abierta
        if v is None or not v.archivo:
            decidir(vista.servicio, vista.organizacion, ficha, p, vista)  # dice por qué no se puede
            raise NoEncontrado(f"{codigo} no tiene un formulario que resolver", lugar=codigo)
        ruta = rutas.datos_de(rutas.ruta_borrador(ficha, v.archivo))
        antes = leer_yaml(vista.leer(ruta) or b"{}\n", ruta)[0] or {}

        def armar(despues: Ficha, version: str) -> Borrador:
            m = despues.actos[-1]
            datos = _yaml({**antes, "decision": _decidida(m.extra, m.cargo, m.fecha, m.motivo)})
            # El pie imprime el código de verificación, que sale del cuerpo: se genera para saberlo.
            cuerpo = taller.generar(vista, despues, version, datos)
            con_codigo = (*despues.actos[:-1], m._replace(huella=cuerpo.huella))
            return taller.generar(vista, despues._replace(actos=con_codigo), version, datos)

        p = p._replace(extra={**p.extra, ANCLA: ancla_de(vista)})
        propuesta = con_archivo(vista, ficha, p, evidencia, armar)
        return [propuesta._replace(sustituye=taller.sustituibles(ctx, vista, ficha, v))]

    return registrar(ctx, preparar)[0]


def _tipo(vista: Vista) -> Tipo:
    tipo = s.tipo_de_solicitudes(vista.servicio)
    if tipo is None:
        raise NoEncontrado(
            "este servicio no lleva solicitudes",
            esperado="un tipo con rutas de solicitud en la configuración",
            hacer="agregue el tipo y regístrelo con: sgc-gt configurar",
        )
    return tipo


def _cargo(ctx: Contexto, vista: Vista, dia: date) -> str:
    """El cargo con que se presenta: el elegido o el primero que la persona ejerce; la guarda exige alguno."""
    ejercidos = vista.organizacion.cargos_de(ctx.persona.actua, dia)
    return ctx.persona.cargo or (ejercidos[0] if ejercidos else "")


def _identidad(vista: Vista, tipo: Tipo, nueva: Solicitud, sobre: Ficha | None, cargo: str) -> dict[str, Any]:
    servicio = vista.servicio
    titulo = nueva.titulo.strip() or f"{s.QUE.get(nueva.pide, nueva.pide)}".capitalize() + (
        f": {sobre.identidad.get('titulo', sobre.codigo)}" if sobre else ""
    )
    ruta = s.ruta_de_solicitud(servicio, tipo, nueva.pide, cargo)
    resuelve = servicio.con_rol(ruta.pasos[-1].rol) if ruta else servicio.con_rol("control_documental")
    revisan = [c for p in (ruta.pasos[:-1] if ruta else ()) for c in servicio.con_rol(p.rol)]
    region = servicio.cargos[cargo].region if cargo in servicio.cargos else ""
    return {
        "titulo": titulo,
        "area": AREA if AREA in servicio.areas else min(servicio.areas),
        "elabora": cargo,
        "revisa": revisan,
        "aprueba": resuelve[0],
        "responsable": servicio.con_rol("control_documental")[0],
        **({"region": region} if region else {}),
    }


def _datos(nueva: Solicitud, sobre: Ficha | None, cargo: str, motivo: str) -> bytes:
    dichos = {
        "pide": nueva.pide,
        "presenta": cargo,
        "documento": sobre.codigo if sobre else "",
        "documento_titulo": str(sobre.identidad.get("titulo", "")) if sobre else "",
        "motivo": motivo,
        "propone": nueva.propone.strip(),
    }
    return _yaml({clave: valor for clave, valor in dichos.items() if valor})


def _decidida(extra: Any, cargo: str, fecha: date, motivo: str) -> dict[str, Any]:
    dichos = {
        "resultado": extra[s.DECISION],
        "resuelve": cargo,
        "fecha": {"dia": fecha.day, "mes": fecha.month, "anio": fecha.year},
        "razon": motivo,
        "con": extra.get(s.CON, ""),
    }
    return {clave: valor for clave, valor in dichos.items() if valor}


def _yaml(valor: Any) -> bytes:
    return yaml.safe_dump(valor, allow_unicode=True, sort_keys=False, width=100).encode("utf-8")
