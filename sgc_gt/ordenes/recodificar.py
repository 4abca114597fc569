"""`recodificar`: otro código para uno o muchos documentos, en un acto; los anteriores siguen valiendo."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from sgc_gt.contexto import Contexto, Vista
from sgc_gt.dominio.ficha import Ficha
from sgc_gt.dominio.reglamento import decidir
from sgc_gt.dominio.situacion import situacion
from sgc_gt.errores import ActoNoPermitido, Problema, Rechazo
from sgc_gt.listas.pares import Par
from sgc_gt.ordenes.movimiento import Propuesta, Resultado, registrar
from sgc_gt.ordenes.pedido import Peticion, pedido


class Cambio(NamedTuple):
    """Un código por otro, y lo que el ensayo encontró."""

    par: Par
    titulo: str = ""
    problema: str = ""
    aviso: str = ""  # lo que queda por saber: un borrador abierto, una versión con el código anterior impreso

    def a_dict(self) -> dict[str, str]:
        """Las claves del contrato."""
        return {
            "antes": self.par.antes,
            "ahora": self.par.ahora,
            "titulo": self.titulo,
            "problema": self.problema,
            "aviso": self.aviso,
            **({"lugar": self.par.lugar} if self.par.lugar else {}),
        }


def recodificar(ctx: Contexto, pares: Sequence[Par], peticion: Peticion) -> list[Resultado]:
    """Da a cada documento su código nuevo: todos, o ninguno y por qué cada uno no se puede."""

    def preparar(vista: Vista, ahora: datetime) -> list[Propuesta]:
        if len(pares) > 1:  # de uno solo, su propia negativa dice más
            _exigir_posibles(_ensayo(ctx, vista, pares, peticion, ahora))
        return [_propuesta(ctx, vista, vista.ficha(a), nuevo, peticion, ahora) for a, nuevo, _ in pares]

    return registrar(ctx, preparar)


def simular(ctx: Contexto, pares: Sequence[Par], peticion: Peticion) -> list[Cambio]:
    """Lo que pasaría, documento por documento, sin anotar nada."""
    vista = ctx.vista()
    peticion = peticion._replace(motivo=peticion.motivo or "ensayo")  # se exige al hacerlo
    return list(_ensayo(ctx, vista, pares, peticion, ctx.ahora(vista)))


def _ensayo(
    ctx: Contexto, vista: Vista, pares: Sequence[Par], peticion: Peticion, ahora: datetime
) -> Iterator[Cambio]:
    """Cada cambio, decidido sobre el estado de hoy: con su problema o con lo que conviene saber."""
    cuantas = Counter(p.ahora for p in pares)
    salen = {p.antes: p for p in pares}
    primero: dict[str, Par] = {}
    for par in pares:
        try:
            ficha = vista.ficha(par.antes)
            hecho = _propuesta(ctx, vista, ficha, par.ahora, peticion, ahora).pedido
            decidir(vista.servicio, vista.organizacion, ficha, hecho, vista)
        except Rechazo as rechazo:
            yield Cambio(par, problema=_por_que_no(rechazo, par, salen))
            continue
        problema = f"{par.ahora} se da a {cuantas[par.ahora]} documentos" if cuantas[par.ahora] > 1 else ""
        if ficha.clave in primero:
            problema = f"es el mismo documento que {primero[ficha.clave].antes}, que ya está en la lista"
        primero.setdefault(ficha.clave, par)
        yield Cambio(par, str(ficha.identidad.get("titulo", "")), problema, _aviso(ficha))


def _por_que_no(rechazo: Rechazo, par: Par, salen: Mapping[str, Par]) -> str:
    """La negativa; si el código nuevo lo deja otro de la misma lista, por qué eso no lo libera."""
    if par.antes == par.ahora:
        return "es su mismo código: quite la fila"
    if par.ahora in salen:
        return (
            f"{par.ahora} es hoy de otro documento de esta lista, y aunque pase a {salen[par.ahora].ahora} "
            "seguirá hallándolo: un código que fue de uno no pasa a otro"
        )
    pide = f" (se esperaba: {rechazo.esperado})" if rechazo.esperado else ""
    return f"{rechazo.mensaje}{pide}"


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
            problemas=[Problema(c.problema, c.par.dicho) for c in malos],
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
