"""La puerta: todo archivo que llega de afuera se revisa antes de que lo lea nadie.

Primero el sobre (tamaño, entradas, cifrado, nombres, lo inflado contado mientras se infla), después el
contenido (DOCTYPE, relaciones permitidas, macros, objetos, campos que traen cosas de afuera). Los
problemas se dicen todos a la vez.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache

from lxml import etree

from sgc_gt.errores import EntradaInvalida, Problema, Rechazo
from sgc_gt.word.nombres import REL, TIPO_DOCUMENTO, TIPOS, W, leer_xml
from sgc_gt.word.paquete import TIPOS_DE_CONTENIDO
from sgc_gt.word.peligros import (
    CAMPO_PELIGROSO,
    DIVIDIR,
    ESTRICTO,
    GUARDAR,
    NOMBRE_PELIGROSO,
    ORIGINAL,
    PELIGROS,
    RELACIONES_PERMITIDAS,
    RELACIONES_RAIZ,
    REMEDIOS,
)
from sgc_gt.word.sobre import MEGA, revisar_sobre

MAXIMO_ENTRADAS = 2_000
MAXIMO_PARTE = 60 * MEGA
MAXIMO_XML = 16 * MEGA
"""Un texto de mil páginas con mucho formato ronda los 10 MB."""
MAXIMO_NODOS = 600_000
"""Etiquetas más el doble de los atributos de una pieza: lo que ocupa al leerla. Mil páginas, unas 500 000."""
MAXIMO_TOTAL = 64 * MEGA
MAXIMO_PROBLEMAS = 12
PROPORCION_MAXIMA = 200
"""Inflado por comprimido; un DOCX real no pasa de 30. Solo se mira en partes de más de un mega."""

MAXIMO_RECORDADO = 4 * MEGA
"""Un archivo más grande se revisa cada vez: recordarlo ocuparía la memoria de quien corre todo el día."""

_TROZO = 256 * 1024
_CIFRADA = 0x1


def abrir(datos: bytes, nombre: str) -> dict[str, bytes]:
    """Las partes de un DOCX que pasó la puerta. Levanta `EntradaInvalida` con todos los problemas.

    Un acto abre el mismo archivo varias veces (zonas, sello, huella): los últimos no se revisan de nuevo.
    """
    if len(datos) <= MAXIMO_RECORDADO:
        with suppress(EntradaInvalida):  # se dice abajo, con el nombre con que se preguntó
            return dict(_recordado(datos))
    return _revisado(datos, nombre)


def _revisado(datos: bytes, nombre: str = "") -> dict[str, bytes]:
    partes = inflar(datos, nombre)
    _exigir(nombre, list(_problemas_del_contenido(partes)))
    return partes


_recordado = lru_cache(maxsize=2)(_revisado)


def inflar(datos: bytes, nombre: str) -> dict[str, bytes]:
    """Las partes de un archivo de Office cuyo sobre es bueno, sin mirar lo que dicen. O `EntradaInvalida`."""
    revisar_sobre(datos, nombre)
    try:
        with zipfile.ZipFile(io.BytesIO(datos)) as archivo:
            entradas = archivo.infolist()
            _exigir(nombre, list(_problemas_del_directorio(entradas)))
            return _inflar(archivo, entradas, nombre)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError) as error:
        raise EntradaInvalida(
            "el archivo está incompleto o dañado: no se puede abrir como documento Word",
            lugar=nombre,
            hacer="Si se está copiando o sincronizando, espere a que termine; si no, cópielo otra vez.",
        ) from error


def _exigir(nombre: str, problemas: list[Problema]) -> None:
    resto = len(problemas) - MAXIMO_PROBLEMAS
    if resto > 0:  # setecientas ecuaciones incrustadas se entienden con doce
        problemas = [*problemas[:MAXIMO_PROBLEMAS], Problema(f"y {resto} problemas más como estos")]
    if problemas:
        mensaje = problemas[0].mensaje if len(problemas) == 1 else "el documento no se puede recibir"
        raise EntradaInvalida(
            mensaje,
            lugar=nombre,
            esperado=problemas[0].esperado,
            hacer=problemas[0].hacer or GUARDAR,
            problemas=problemas if len(problemas) > 1 or problemas[0].lugar else (),
        )


def _problemas_del_directorio(entradas: list[zipfile.ZipInfo]) -> Iterator[Problema]:
    if len(entradas) > MAXIMO_ENTRADAS:
        yield Problema(f"tiene {len(entradas)} piezas dentro", esperado=f"hasta {MAXIMO_ENTRADAS}")
    vistos: set[str] = set()
    for entrada in entradas:
        nombre = entrada.filename
        if nombre.lower() in vistos:
            yield Problema("trae dos veces la misma pieza: cada programa leería una distinta", nombre)
        vistos.add(nombre.lower())
        if nombre.startswith(("/", "\\")) or ":" in nombre or "\\" in nombre or ".." in nombre.split("/"):
            yield Problema("tiene una pieza cuyo nombre apunta fuera del documento", nombre)
        if entrada.flag_bits & _CIFRADA:
            yield Problema("tiene piezas cifradas", nombre, hacer="Quite la contraseña del documento.")
    if TIPOS_DE_CONTENIDO not in {e.filename for e in entradas}:
        yield Problema("le falta la lista de contenidos que todo documento Word tiene")


def _inflar(archivo: zipfile.ZipFile, entradas: list[zipfile.ZipInfo], nombre: str) -> dict[str, bytes]:
    """Las partes, contando lo inflado mientras se infla: lo que dice la cabecera no se cree."""
    partes: dict[str, bytes] = {}
    total = 0
    for entrada in entradas:
        if entrada.is_dir():
            continue
        limite = min(MAXIMO_XML if _es_xml(entrada.filename) else MAXIMO_PARTE, MAXIMO_TOTAL - total)
        contenido = _inflar_una(archivo, entrada, limite, nombre)
        partes[entrada.filename] = contenido
        total += len(contenido)
    return partes


def _inflar_una(archivo: zipfile.ZipFile, entrada: zipfile.ZipInfo, limite: int, nombre: str) -> bytes:
    trozos, leido = list[bytes](), 0
    es_texto = _es_xml(entrada.filename)
    tope_proporcion = max(MEGA, entrada.compress_size * PROPORCION_MAXIMA)
    with archivo.open(entrada) as flujo:
        while trozo := flujo.read(_TROZO):
            leido += len(trozo)
            if leido > tope_proporcion or (leido > limite and not es_texto):
                raise EntradaInvalida(
                    f"la pieza «{entrada.filename}» crece sin medida al abrirla",
                    lugar=nombre,
                    esperado=f"un documento de hasta {MAXIMO_TOTAL // MEGA} MB descomprimido",
                    hacer=ORIGINAL,
                )
            if leido > limite:
                raise EntradaInvalida(
                    f"la pieza «{entrada.filename}» tiene más de {limite // MEGA} MB de texto y formato",
                    lugar=nombre,
                    hacer=DIVIDIR,
                )
            trozos.append(trozo)
    return b"".join(trozos)


def _es_xml(parte: str) -> bool:
    return parte.lower().endswith((".xml", ".rels"))


def _problemas_del_contenido(partes: dict[str, bytes]) -> Iterator[Problema]:
    for parte in sorted(partes):
        if NOMBRE_PELIGROSO.search(parte):
            yield Problema("trae macros, controles u objetos incrustados", parte)
        if not _es_xml(parte):
            continue
        if _tiene_doctype(partes[parte]):
            yield Problema("trae declaraciones de XML (DOCTYPE) que ningún documento Word necesita", parte)
            continue
        if _nodos(partes[parte]) > MAXIMO_NODOS:
            yield Problema("trae tantas etiquetas que leerla ocuparía toda la memoria", parte, hacer=ORIGINAL)
            continue
        try:
            raiz = leer_xml(partes[parte], parte)
        except Rechazo as rechazo:
            yield Problema(rechazo.mensaje, parte)
            continue
        yield from _problemas_de_parte(parte, raiz)


def _nodos(contenido: bytes) -> int:
    """Cuánto ocupará al leerse, sin leerlo: cada etiqueta y cada atributo son memoria."""
    return contenido.count(b"<") + 2 * contenido.count(b"=")


def _tiene_doctype(contenido: bytes) -> bool:
    """DOCTYPE o ENTITY en cualquier codificación usual: se buscan también con bytes nulos intercalados."""
    compacto = contenido.replace(b"\x00", b"") if b"\x00" in contenido[:200] else contenido
    return re.search(rb"<!(?:DOCTYPE|ENTITY)", compacto, re.I) is not None


def _problemas_de_parte(parte: str, raiz: etree._Element) -> Iterator[Problema]:
    if parte == TIPOS_DE_CONTENIDO:
        yield from _problemas_de_tipos(raiz)
    elif parte.endswith(".rels"):
        yield from _problemas_de_relaciones(parte, raiz)
    elif raiz.tag.startswith(f"{{{W}}}"):
        yield from _problemas_de_campos(parte, raiz)


def _problemas_de_tipos(raiz: etree._Element) -> Iterator[Problema]:
    tipos = [nodo.get("ContentType", "") for nodo in raiz.iter(f"{{{TIPOS}}}Override", f"{{{TIPOS}}}Default")]
    if any("macroEnabled" in tipo or "vbaProject" in tipo for tipo in tipos):
        yield Problema("es un documento con macros", hacer=GUARDAR)
    elif TIPO_DOCUMENTO not in tipos:
        yield Problema(
            "no es un documento de texto de Word",
            esperado="un documento Word (.docx), no una plantilla, planilla ni presentación",
            hacer=GUARDAR,
        )


def _problemas_de_relaciones(parte: str, raiz: etree._Element) -> Iterator[Problema]:
    vistos: set[str] = set()
    for nodo in raiz.iterfind(f"{{{REL}}}Relationship"):
        clase = nodo.get("Type", "").rstrip("/").rsplit("/", 1)[-1]
        destino, externa = nodo.get("Target", ""), nodo.get("TargetMode") == "External"
        if nodo.get("Id", "") in vistos:
            yield Problema("tiene dos enlaces internos con el mismo nombre", parte)
        vistos.add(nodo.get("Id", ""))
        if ESTRICTO in nodo.get("Type", ""):
            if parte == RELACIONES_RAIZ:  # se dice una vez; las demás piezas serían lo mismo
                yield Problema(
                    "está guardado como «Documento Open XML estricto»",
                    esperado="un «Documento de Word (.docx)» corriente",
                    hacer=GUARDAR,
                )
            return
        if clase in PELIGROS:
            yield Problema(PELIGROS[clase], destino[:120], hacer=REMEDIOS.get(clase, ""))
        elif externa and clase != "hyperlink":
            yield Problema(
                "muestra algo que no está dentro del documento sino en otra dirección",
                destino[:120],
                hacer="Inserte la imagen en el documento en vez de enlazarla.",
            )
        elif externa and re.match(r"\s*(?:javascript|vbscript|data):", destino, re.I):
            yield Problema("tiene un hipervínculo que ejecuta instrucciones", destino[:120])
        elif clase not in RELACIONES_PERMITIDAS:
            yield Problema(f"trae un elemento que el sistema no conoce («{clase}»)", destino[:120])


def _problemas_de_campos(parte: str, raiz: etree._Element) -> Iterator[Problema]:
    for instruccion in _instrucciones(raiz):
        if hallado := CAMPO_PELIGROSO.match(instruccion):
            yield Problema(
                f"tiene un campo {hallado[1].upper()}, que trae contenido de otros programas o archivos",
                parte,
                hacer="Reemplace el campo por su texto o imagen (Ctrl+Mayús+F9 en Word).",
            )
    for objeto in raiz.iter(f"{{{W}}}object", f"{{{W}}}control", f"{{{W}}}altChunk", f"{{{W}}}subDoc"):
        lugar = f"{parte} ({etree.QName(objeto).localname})"
        yield Problema("trae un objeto incrustado o contenido de otro formato", lugar)


def _instrucciones(raiz: etree._Element) -> Iterator[str]:
    """La instrucción de cada campo, entera aunque venga partida en trozos o entre párrafos."""
    for simple in raiz.iter(f"{{{W}}}fldSimple"):
        yield simple.get(f"{{{W}}}instr", "")
    abiertos: list[str] = []
    for nodo in raiz.iter(f"{{{W}}}fldChar", f"{{{W}}}instrText", f"{{{W}}}delInstrText"):
        if nodo.tag == f"{{{W}}}fldChar":
            clase = nodo.get(f"{{{W}}}fldCharType")
            if clase == "begin":
                abiertos.append("")
            elif clase == "end" and abiertos:
                yield abiertos.pop()
        elif abiertos:
            abiertos[-1] += nodo.text or ""
        else:
            yield nodo.text or ""
    yield from abiertos
