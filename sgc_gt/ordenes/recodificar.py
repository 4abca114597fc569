"""`recodificar`: otro código para uno o muchos documentos, en un acto; los anteriores siguen valiendo."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

from sgc_gt.contexto import Contexto, Vista
from sgc_gt.dominio.ficha import Ficha
from sgc_gt.dominio.reglamento import decidir
from sgc_gt.dominio.situacion import situacion
from sgc_gt.errores import ActoNoPermitido, EntradaInvalida, Problema, Rechazo
from sgc_gt.listas.celdas_leidas import leer_hojas, texto_de_celda
from sgc_gt.ordenes.movimiento import Propuesta, Resultado, registrar
from sgc_gt.ordenes.pedido import Adjunto, Peticion, pedido


class Cambio(NamedTuple):
    """Un código por otro, y lo que el ensayo encontró."""

    antes: str
    ahora: str
    titulo: str = ""
    problema: str = ""
    aviso: str = ""  # lo que queda por saber: un borrador abierto, una versión con el código anterior impreso

    def a_dict(self) -> dict[str, str]:
        """Las claves del contrato."""
        return self._asdict()


def recodificar(ctx: Contexto, pares: Mapping[str, str], peticion: Peticion) -> list[Resultado]:
    """Da a cada documento su código nuevo: todos, o ninguno y por qué cada uno no se puede."""

    def preparar(vista: Vista, ahora: datetime) -> list[Propuesta]:
        if len(pares) > 1:  # de uno solo, su propia negativa dice más
            _exigir_posibles(_ensayo(ctx, vista, pares, peticion, ahora))
        return [_propuesta(ctx, vista, vista.ficha(a), nuevo, peticion, ahora) for a, nuevo in pares.items()]

    return registrar(ctx, preparar)


def simular(ctx: Contexto, pares: Mapping[str, str], peticion: Peticion) -> list[Cambio]:
    """Lo que pasaría, documento por documento, sin anotar nada."""
    vista = ctx.vista()
    peticion = peticion._replace(motivo=peticion.motivo or "ensayo")  # se exige al hacerlo
    return list(_ensayo(ctx, vista, pares, peticion, ctx.ahora(vista)))


def leer_pares(archivo: Adjunto) -> dict[str, str]:
    """Los códigos de una planilla o un CSV de dos columnas; EntradaInvalida, fila por fila, si no sirve."""
    hojas = leer_hojas(archivo.contenido, archivo.nombre)
    pares: dict[str, str] = {}
    problemas: list[Problema] = []
    for n, (lugar, celdas) in enumerate(hojas[0] if hojas else ()):
        dichas = [texto_de_celda(c).upper() for c in celdas]
        if not any(dichas) or (n == 0 and not any(c.isdigit() for c in "".join(dichas))):
            continue  # en blanco, o el encabezado
        if len([c for c in dichas if c]) != 2 or not all(dichas[:2]):
            problemas.append(Problema("no trae los dos códigos", f"{archivo.nombre}, {lugar}"))
        elif dichas[0] in pares:
            problemas.append(Problema(f"{dichas[0]} ya está en otra fila", f"{archivo.nombre}, {lugar}"))
        else:
            pares[dichas[0]] = dichas[1]
    if problemas or not pares:
        raise EntradaInvalida(
            "la lista de códigos no se puede usar",
            lugar=archivo.nombre,
            esperado="dos columnas: el código de hoy y el nuevo",
            hacer="corrija la lista y repita la orden",
            problemas=problemas,
        )
    return pares


def _ensayo(
    ctx: Contexto, vista: Vista, pares: Mapping[str, str], peticion: Peticion, ahora: datetime
) -> Iterable[Cambio]:
    """Cada cambio, decidido sobre el estado de hoy: con su problema o con lo que conviene saber."""
    repetidos = {n for n in pares.values() if list(pares.values()).count(n) > 1}
    for antes, nuevo in pares.items():
        try:
            ficha = vista.ficha(antes)
            p = _propuesta(ctx, vista, ficha, nuevo, peticion, ahora).pedido
            decidir(vista.servicio, vista.organizacion, ficha, p, vista)
        except Rechazo as rechazo:
            pide = f" (se esperaba: {rechazo.esperado})" if rechazo.esperado else ""
            yield Cambio(antes, nuevo, problema=f"{rechazo.mensaje}{pide}")
            continue
        titulo = str(ficha.identidad.get("titulo", ""))
        problema = "ese código se da a dos documentos" if nuevo in repetidos else ""
        yield Cambio(antes, nuevo, titulo, problema, _aviso(ficha))


def _aviso(ficha: Ficha) -> str:
    s = situacion(ficha)
    dichos = []
    if s.vigente:
        dichos.append(f"la versión {s.vigente.version} sigue vigente con el código anterior impreso")
    if s.abierta:
        dichos.append(f"el borrador {s.abierta.version} imprimirá el nuevo al ponerse en vigencia")
    return "; ".join(dichos)


def _exigir_posibles(cambios: Iterable[Cambio]) -> None:
    malos = [c for c in cambios if c.problema]
    if malos:
        raise ActoNoPermitido(
            "hay códigos que no se pueden cambiar, y no se cambió ninguno",
            hacer="corríjalos y repita; para ver antes qué pasaría, agregue --simular",
            problemas=[Problema(c.problema, f"{c.antes} → {c.ahora}") for c in malos],
        )


def _propuesta(
    ctx: Contexto, vista: Vista, ficha: Ficha, nuevo: str, peticion: Peticion, ahora: datetime
) -> Propuesta:
    area = str(ficha.identidad.get("area", ""))
    partes = vista.servicio.mascara.leer(nuevo)
    antes = {"codigo": ficha.codigo, "area": area}
    completa = peticion._replace(extra={**peticion.extra, "antes": antes})
    p, evidencia = pedido(ctx, "recodificar", ficha.clave, ficha, completa, ahora)
    dicha = partes.area if partes and partes.area else area
    return Propuesta(p._replace(identidad={"codigo": nuevo, "area": dicha}), evidencias=evidencia)
