"""Un Word con control de cambios de verdad: de la versión anterior a la nueva, para abrir y revisar en Word.

Lo marca `python-redlines` (optativo); aquí se comprueba. Solo se entrega si aceptar todo da la versión
nueva y rechazar todo da la anterior, leídas las dos por su forma normal.
"""

from __future__ import annotations

import os
import tempfile
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import Any

from filelock import FileLock

from sgc_gt.errores import EntradaInvalida, ProgramaAusente
from sgc_gt.word.extraer import forma_de_partes, tiene_revisiones
from sgc_gt.word.nombres import escribir_xml, leer_xml, q, zona_de_control
from sgc_gt.word.paquete import Partes, empaquetar
from sgc_gt.word.puerta import abrir
from sgc_gt.word.resolver import aceptar, desenvolver, rechazar
from sgc_gt.word.zonas import leer_zonas, partes_con_zonas

OTRA_SALIDA = "use la página: sgc-gt comparar … --formato html"


def con_cambios_marcados(antes: bytes, despues: bytes, autor: str, cuando: datetime) -> bytes:
    """El documento nuevo con lo que cambió marcado como inserciones y eliminaciones de `autor`.

    ProgramaAusente si falta el comparador; EntradaInvalida si uno ya trae cambios marcados o si lo marcado
    no es fiel a los dos.
    """
    _exigir_limpio(antes, "el documento anterior")
    _exigir_limpio(despues, "el documento nuevo")
    lados = abrir(antes, "el documento anterior"), abrir(despues, "el documento nuevo")
    viejo, nuevo = (empaquetar(_sin_controles(partes)) for partes in lados)
    marcado = _marcar(viejo, nuevo, autor, cuando)
    partes = abrir(marcado, "el documento con cambios marcados")
    _exigir_fiel(partes, *lados)
    return empaquetar(partes, comprimir=True)


def _sin_controles(partes: Partes) -> Partes:
    """Las zonas de control sin su envoltura con candado; su marcador sigue diciendo cuál es cada una.

    Un comparador que ve cambiar el texto de un control lo parte en dos y, al aceptar, deja uno vacío.
    """
    resultado = dict(partes)
    for nombre in partes_con_zonas(partes):
        raiz = leer_xml(partes[nombre], nombre)
        for control in [n for n in raiz.iter(q("w:sdt")) if zona_de_control(n)]:
            contenido = control.find(q("w:sdtContent"))
            if contenido is not None:
                control[:] = list(contenido)
                desenvolver(control)
        resultado[nombre] = escribir_xml(raiz)
    return resultado


def _exigir_limpio(docx: bytes, nombre: str) -> None:
    if tiene_revisiones(docx, nombre):
        raise EntradaInvalida(
            f"{nombre} ya trae cambios marcados sin aceptar ni rechazar",
            esperado="dos documentos sin cambios pendientes: si no, se confundirían con estos",
            hacer=f"acéptelos o rechácelos en Word, o {OTRA_SALIDA}",
        )


def _marcar(antes: bytes, despues: bytes, autor: str, cuando: datetime) -> bytes:
    """Lo que responde el comparador, sin comprobar."""
    motor = _motor()
    try:
        marcado, _, _ = motor.run_redline(
            autor,
            antes,
            despues,
            detect_moves=True,
            conflate_spaces=False,
            date_time=cuando.strftime("%Y-%m-%dT%H:%M:%SZ"),
        )
    except OSError as error:
        raise _ausente("no se pudo ejecutar") from error
    except Exception as error:
        raise EntradaInvalida(
            "el comparador que marca los cambios no pudo con estos documentos", hacer=OTRA_SALIDA
        ) from error
    return bytes(marcado)


def _motor() -> Any:
    """El comparador listo para usarse; ProgramaAusente si no está instalado para este equipo.

    La primera vez despliega su programa en el disco: de a uno, o el segundo ejecutaría un archivo a medias.
    """
    try:
        with FileLock(_turno()):
            return import_module("python_redlines").DocxodusEngine()
    except (ImportError, OSError) as error:  # no instalado, o sin programa para este equipo
        raise _ausente("no está instalado") from error


def _turno() -> Path:
    persona = (
        os.getuid() if hasattr(os, "getuid") else "x"
    )  # en Windows la carpeta temporal ya es de cada uno
    return Path(tempfile.gettempdir()) / f"sgc-gt-redline-{persona}.lock"


def _ausente(que: str) -> ProgramaAusente:
    return ProgramaAusente(
        f"el comparador que marca los cambios en Word {que}",
        esperado="python-redlines con su programa (unos 110 MB)",
        hacer=f'instálelo con: pip install "sgc-gt[redline]"; mientras, {OTRA_SALIDA}',
    )


def _exigir_fiel(partes: Partes, antes: Partes, despues: Partes) -> None:
    """EntradaInvalida si aceptar todo no da lo nuevo o rechazar todo no da lo anterior."""
    for resolver, esperado, hecho in ((aceptar, despues, "aceptar"), (rechazar, antes, "rechazar")):
        if not _dicen_lo_mismo(resolver(partes), esperado):
            lado = "la versión nueva" if hecho == "aceptar" else "la versión anterior"
            raise EntradaInvalida(
                f"los cambios marcados no son fieles: al {hecho} todos no resulta {lado}",
                esperado="un documento que, aceptado o rechazado entero, sea exactamente uno de los dos",
                hacer=OTRA_SALIDA,
            )


def _dicen_lo_mismo(unas: Partes, otras: Partes) -> bool:
    """El mismo cuerpo, encabezados y pies, y lo mismo escrito en cada zona de control."""
    una, otra = forma_de_partes(unas), forma_de_partes(otras)
    mismo_texto = una.bloques == otra.bloques and set(una.encabezados) == set(otra.encabezados)
    return mismo_texto and _zonas(unas) == _zonas(otras)


def _zonas(partes: Partes) -> dict[str, list[str]]:
    """Las palabras de cada zona: los espacios de los extremos los pone cada programa."""
    return {
        zona: " ".join([z.texto, *(celda for fila in z.filas for celda in fila)]).split()
        for zona, z in leer_zonas(partes).items()
    }
