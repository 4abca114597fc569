"""La muestra de quien audita: cuáles códigos, elegidos al azar de un modo que cualquiera repite, y cuánto
tarda cada uno en aparecer.

De cada código se calcula el sha256 de «semilla código»; la muestra son los menores. No hace falta este
programa para rehacerla.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from sgc_gt.consultas.versiones import archivo_de
from sgc_gt.contexto import Vista
from sgc_gt.dominio.ficha import Ficha
from sgc_gt.dominio.situacion import situacion
from sgc_gt.errores import Rechazo

RECUPERADO = "recuperado"
EN_OTRO_LUGAR = "en_otro_lugar"
NO_ESTA = "no_esta"
ESTADOS = {
    RECUPERADO: "recuperado e íntegro",
    EN_OTRO_LUGAR: "vive en otro lugar",
    NO_ESTA: "no se pudo recuperar",
}


class Hallado(NamedTuple):
    """Un código de la muestra y lo que costó tenerlo en la mano."""

    codigo: str
    titulo: str
    version: str
    archivo: str
    estado: str
    segundos: float
    sha256: str = ""
    detalle: str = ""


def vivos(fichas: Iterable[Ficha], fecha: date) -> list[Ficha]:
    """Lo que rige y lo archivado en la fecha, por código: de ahí se elige."""
    return sorted((f for f in fichas if situacion(f, fecha).vigente), key=lambda f: f.codigo)


def elegir(codigos: Iterable[str], cuantos: int, semilla: str) -> list[str]:
    """Los `cuantos` códigos de menor sha256 de «semilla código», por código; todos, si hay menos."""
    unicos = set(codigos)
    azar = sorted(unicos, key=lambda c: (hashlib.sha256(f"{semilla} {c}".encode()).hexdigest(), c))
    return sorted(azar[:cuantos])


def recuperar(
    vista: Vista, codigos: Sequence[str], fecha: date, cronometro: Callable[[], float]
) -> list[Hallado]:
    """Cada uno, leído de la historia o de su carpeta y comprobado, con el tiempo que tomó."""
    return [_uno(vista, codigo, fecha, cronometro) for codigo in codigos]


def _uno(vista: Vista, codigo: str, fecha: date, cronometro: Callable[[], float]) -> Hallado:
    inicio = cronometro()
    ficha = vista.ficha(codigo)
    v = situacion(ficha, fecha).vigente
    if v is None:
        return Hallado(codigo, "", "", "", NO_ESTA, cronometro() - inicio, detalle="no rige en esa fecha")
    base = Hallado(codigo, v.titulo, v.version, v.archivo, EN_OTRO_LUGAR, 0.0)
    ubicacion = str(ficha.actos[0].extra.get("ubicacion", ""))
    if not v.archivo:
        return base._replace(segundos=cronometro() - inicio, detalle=ubicacion)
    try:
        hallado = archivo_de(vista, ficha, "vigente", fecha)
    except Rechazo as rechazo:  # que falte es justo lo que la muestra busca: se dice, y sigue con la otra
        return base._replace(
            estado=NO_ESTA, segundos=cronometro() - inicio, detalle=rechazo.mensaje, archivo=v.archivo
        )
    resumen = hashlib.sha256(hallado.contenido).hexdigest()
    integro = not v.sha256 or resumen == v.sha256
    return base._replace(
        archivo=hallado.nombre,
        estado=RECUPERADO if integro else NO_ESTA,
        segundos=cronometro() - inicio,
        sha256=resumen,
        detalle="" if integro else "no es el archivo registrado",
    )


def a_dict(semilla: str, poblacion: int, hallados: Sequence[Hallado]) -> dict[str, Any]:
    """La muestra como datos."""
    filas = [{**h._asdict(), "segundos": round(h.segundos, 3)} for h in hallados]
    return {"semilla": semilla, "poblacion": poblacion, "muestra": filas}


def texto(semilla: str, poblacion: int, hallados: Sequence[Hallado]) -> str:
    """La muestra para la pantalla."""
    if not hallados:
        return "Nada rige ni está archivado en esa fecha: no hay de qué elegir."
    lineas = [f"Muestra de {len(hallados)} entre {poblacion} vigentes y archivados (semilla «{semilla}»)", ""]
    for h in hallados:
        version = f" versión {h.version}" if h.version else ""
        detalle = f": {h.detalle}" if h.detalle else ""
        lineas.append(f"  {h.codigo}{version}, «{h.titulo}»")
        lineas.append(f"    {ESTADOS[h.estado]}{detalle}, en {_en_palabras(h.segundos)}")
    lineas.append("")
    lineas.append(
        "La misma semilla da la misma muestra: son los códigos de menor sha256 de «semilla código»."
    )
    return "\n".join(lineas)


def _en_palabras(segundos: float) -> str:
    return "menos de una décima de segundo" if segundos < 0.1 else f"{segundos:.1f} s".replace(".", ",")
