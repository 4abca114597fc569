"""El acta de eliminación de una disposición autorizada: su borrador, con lo que el sistema ya sabe.

Quien la firma completa lo que solo él sabe: cómo se hizo, cuándo y quiénes. Sigue su circuito como todo
registro, y al terminarlo se nombra al registrar el resultado (`disposicion … --acta`).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sgc_gt.consultas import disposicion as consulta
from sgc_gt.contexto import Contexto, Vista
from sgc_gt.dominio import vida
from sgc_gt.dominio.fechas import imprimir_fecha
from sgc_gt.dominio.ficha import Ficha
from sgc_gt.dominio.situacion import situacion
from sgc_gt.errores import ActoNoPermitido
from sgc_gt.ordenes.area import area_dicha
from sgc_gt.ordenes.crear import Nuevo, crear
from sgc_gt.ordenes.movimiento import Resultado
from sgc_gt.ordenes.pedido import Adjunto, Peticion

TIPO = "acta_eliminacion"


def hacer_acta(ctx: Contexto, dichos: Sequence[str], metodo: str = "") -> Resultado:
    """Crea el acta con el acto que autoriza, el inventario, su volumen y sus fechas extremas."""
    # Aquí, y no arriba: escribir YAML es de quien pide el acta.
    from sgc_gt.config.escritura import Parte, escribir  # noqa: PLC0415

    vista = ctx.vista()
    codigos = consulta.expandir(vista, dichos)
    datos = datos_del_acta(vista, codigos, ctx.ahora(vista).year, metodo)
    contenido = escribir("Acta de eliminación", [Parte(k, v) for k, v in datos.items()])
    _exigir_sin_acta(acta_de(vista, datos["propuesta"]), datos["propuesta"])
    # Pedir una disposición no es el momento de preguntar un área: si su serie no la dice, la primera.
    area = area_dicha(vista.servicio, vista.servicio.tipos[TIPO]) or next(iter(vista.servicio.areas))
    nuevo = Nuevo(TIPO, _titulo(datos["propuesta"]), area=area)
    return crear(ctx, nuevo, Peticion(), datos=Adjunto("acta.yaml", contenido))


def acta_de(vista: Vista, propuesta: str) -> Ficha | None:
    """El acta en trabajo o archivada que se creó aquí para esa propuesta; None si no hay."""
    for ficha in vista.de_tipo(vista.servicio.tipos[TIPO]) if TIPO in vista.servicio.tipos else ():
        s = situacion(ficha)
        if ficha.identidad.get("titulo") == _titulo(propuesta) and (s.abierta or s.vigente):
            return ficha
    return None


def _titulo(propuesta: str) -> str:
    return f"Acta de eliminación, propuesta {propuesta}"


def _exigir_sin_acta(acta: Ficha | None, propuesta: str) -> None:
    if acta:
        raise ActoNoPermitido(
            f"el acta de {propuesta} ya se creó: es {acta.codigo}",
            lugar=acta.codigo,
            esperado="un acta por propuesta",
            hacer=f"siga con ella, o descártela si hay que hacerla otra vez: sgc-gt descartar {acta.codigo}",
        )


def datos_del_acta(vista: Vista, codigos: Sequence[str], anio: int, metodo: str = "") -> dict[str, Any]:
    """Los datos del acta que salen de la disposición; ActoNoPermitido si no se autorizó eliminar."""
    cursos = [vida.curso(vista.ficha(c)) for c in codigos]
    autorizados = [
        c.autorizacion
        for c in cursos
        if c and c.autorizacion and c.propuesta.extra[vida.DESTINO] == vida.ELIMINACION
    ]
    e = vida.acto_administrativo(autorizados[0].evidencia) if autorizados else None
    if not codigos or e is None or e.fecha is None or len(autorizados) != len(codigos):
        raise ActoNoPermitido(
            "el acta de eliminación es de registros cuya eliminación ya se autorizó",
            lugar=", ".join(codigos),
            esperado="una propuesta de eliminación con su resolución o su decreto registrado",
            hacer="registre primero el acto que autoriza, con --resolucion o --decreto",
        )
    filas = [consulta.fila(vista, vista.ficha(c)) for c in codigos]
    datos: dict[str, Any] = {
        "propuesta": filas[0].propuesta,
        "acto": {"clase": e.clase, "numero": e.numero, "fecha": _por_partes(e.fecha, anio)},
        "registros": [_registro(f) for f in filas],
        "resumen": list(consulta.resumen(filas)),
    }
    return {**datos, **({"metodo": metodo} if metodo else {})}


def _registro(f: consulta.Fila) -> dict[str, str]:
    valores = {
        "codigo": f.codigo,
        "titulo": f.titulo,
        "fecha": imprimir_fecha(f.desde),
        "volumen": f.volumen,
        "lugar": f.lugar,
        "base_legal": f.base_legal,
    }
    return {clave: valor for clave, valor in valores.items() if valor}


def _por_partes(dia: date, anio: int) -> dict[str, int]:
    """Día y mes; el año, solo si no es el del acta."""
    partes = {"dia": dia.day, "mes": dia.month}
    return partes if dia.year == anio else {**partes, "anio": dia.year}
