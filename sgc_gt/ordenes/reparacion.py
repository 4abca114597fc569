"""Lo que el sistema repara de un borrador: zonas controladas, encabezados y pies. Se dice antes de hacerlo.

Al entregar se informa; al enviar se repara y queda anotado en el movimiento. El texto del cuerpo no se toca.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from sgc_gt.comparacion.textos import textos
from sgc_gt.contexto import Vista
from sgc_gt.dominio.ficha import Ficha
from sgc_gt.dominio.forma import Encabezado, FormaNormal
from sgc_gt.dominio.textos import cita
from sgc_gt.ordenes import borrador as taller
from sgc_gt.word.extraer import encabezados_de
from sgc_gt.word.nombres import ZONAS
from sgc_gt.word.zonas import Dano

MAXIMO = 20
"""Oraciones que se anotan; más no las lee nadie, y el archivo recibido queda en la historia."""
LARGO = 300

EDITADA = "editada"
_SUELTAS = ("sin_candado", "etiqueta_perdida")


def zonas(vista: Vista, ficha: Ficha, version: str, contenido: bytes) -> tuple[str, ...]:
    """Un aviso por zona controlada alterada; las que solo perdieron su candado, en uno solo."""
    return avisos_de(vista, ficha, version, contenido, taller.zonas_danadas(vista, ficha, version, contenido))


def avisos_de(
    vista: Vista, ficha: Ficha, version: str, contenido: bytes, danos: Sequence[Dano]
) -> tuple[str, ...]:
    """Las oraciones de esos daños; lo que el propio sistema imprimió antes no se le atribuye a nadie."""
    a_mano = _escritas_a_mano(vista, ficha, version, contenido, danos)
    return tuple(_avisos([d for d in danos if d.clase != EDITADA or d.zona in a_mano]))


def _escritas_a_mano(
    vista: Vista, ficha: Ficha, version: str, contenido: bytes, danos: Sequence[Dano]
) -> set[str]:
    """Las zonas que no dicen lo que el sistema imprimiría ahora ni lo que imprimió antes en esta versión."""
    zonas_ = {d.zona for d in danos if d.clase == EDITADA}
    for m in reversed(ficha.actos[:-1]):
        if not zonas_ or m.version != version:
            break
        antes = ficha._replace(actos=ficha.actos[: m.n])
        previos = taller.zonas_danadas(vista, antes, version, contenido)
        zonas_ &= {d.zona for d in previos if d.clase == EDITADA}
    return zonas_


def _avisos(danos: Sequence[Dano]) -> Iterator[str]:
    sueltas = [d for d in danos if d.clase in _SUELTAS]
    if len(sueltas) > 1:
        yield f"{len(sueltas)} zonas controladas perdieron su protección (pasa al guardar con LibreOffice)."
    for dano in danos:
        if dano not in sueltas or len(sueltas) == 1:
            yield dano.mensaje


def encabezados(
    vista: Vista, ficha: Ficha, version: str, recibida: FormaNormal, previa: FormaNormal | None
) -> tuple[str, ...]:
    """Lo escrito a mano en encabezados y pies, y lo que les falta.

    Se comparan con los que la plantilla rehace para este borrador; sin plantilla, con los del estado
    anterior, que es el único modelo que hay. Lo que ya estaba antes no es de quien entrega.
    """
    plantilla = taller.plantilla_de(vista, ficha)
    anteriores = previa.encabezados if previa else ()
    if plantilla is None:
        return tuple(_ajenos(recibida.encabezados, anteriores)) if previa else ()
    contexto = taller.contexto_de(vista, ficha, version)
    debidos = encabezados_de(plantilla.generar_encabezados(contexto, taller.filtros(vista.servicio)))
    return tuple(_escritos(recibida.encabezados, debidos, anteriores))


def _escritos(
    recibidos: Iterable[Encabezado], debidos: Iterable[Encabezado], anteriores: Iterable[Encabezado]
) -> Iterator[str]:
    modelo, antes = _por_lado(debidos), _por_lado(anteriores)
    for lado, lineas in _por_lado(recibidos).items():
        for linea in lineas:
            if linea not in modelo.get(lado, ()) and linea not in antes.get(lado, ()):
                yield f"Lo escrito en el {lado} no se conserva: {cita(_sin_zonas(linea))}."
    hay = _por_lado(recibidos)
    for lado, lineas in modelo.items():
        faltan = [linea for linea in lineas if linea not in hay.get(lado, ())]
        if faltan:
            yield f"En el {lado} falta {cita(faltan[0])}{_y_mas(len(faltan) - 1)}: se repone."


def _ajenos(recibidos: Iterable[Encabezado], anteriores: Iterable[Encabezado]) -> Iterator[str]:
    antes = _por_lado(anteriores)
    for lado, lineas in _por_lado(recibidos).items():
        for linea in lineas:
            if linea not in antes.get(lado, ()):
                yield f"En el {lado} se escribió {cita(linea)}: no es parte del texto que se aprueba."


def _sin_zonas(linea: str) -> str:
    """La línea sin el nombre con que la forma normal dice cada zona y campo."""
    return re.sub(r"\[(?:#|" + "|".join(ZONAS) + r")\]", " ", linea)


def _por_lado(encabezados_: Iterable[Encabezado]) -> dict[str, dict[str, None]]:
    """Los textos de «encabezado» y de «pie», sin repetir y en orden, sean de primera página, par o impar."""
    lados: dict[str, dict[str, None]] = {}
    for clase, bloques in encabezados_:
        lados.setdefault(clase.partition("_")[0], {}).update(dict.fromkeys(textos(bloques)))
    return lados


def _y_mas(cuantos: int) -> str:
    return "" if not cuantos else " y un texto más" if cuantos == 1 else f" y {cuantos} textos más"


def acotadas(oraciones: Sequence[str]) -> list[str]:
    """Las oraciones que se anotan en el movimiento: pocas, cortas, y cuántas más hubo."""
    cortas = [o if len(o) <= LARGO else o[: LARGO - 1] + "…" for o in oraciones[:MAXIMO]]
    resto = len(oraciones) - MAXIMO
    return [*cortas, *([f"Y {resto} reparaciones más."] if resto > 0 else [])]
