"""Qué datos dice un documento, de su forma normal: encabezados, portada, firmas y control de cambios."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise

from sgc_gt.dominio import lectura_rotulos as rotulos
from sgc_gt.dominio import rotulos_palabras as palabras
from sgc_gt.dominio.forma import LISTA, TABLA, ZONA, Bloque, FormaNormal, texto_de, titulos_de
from sgc_gt.dominio.lectura_codigos import Lenguaje, codigo_en, normal
from sgc_gt.dominio.lectura_fechas import fecha_en
from sgc_gt.dominio.lectura_firmas import cambios_en, firmas_en
from sgc_gt.dominio.lectura_nombres import NombreLeido
from sgc_gt.dominio.nombres_secciones import llano
from sgc_gt.dominio.reconocido import (
    CAMBIOS,
    CONTENIDO,
    ENCABEZADO,
    FIRMAS,
    FUENTES,
    IDENTIDAD,
    NOMBRE,
    PIE,
    PORTADA,
    PROPIEDADES,
    Hallazgo,
)

Hallados = Iterable[tuple[str, Hallazgo]]
_LARGO_PORTADA = 40
_DE_TIPO = re.compile(rf"(?:{palabras.TIPOS_DE_DOCUMENTO})s?\b")
_SOLO_TIPO = re.compile(rf"(?:{palabras.TIPOS_DE_DOCUMENTO})s?\s*:?")
LARGO_TITULO = 200
_DE_MUESTRA = {
    "codigo": "AA-00",
    "version": "00",
    "titulo": "Texto",
    "fecha": "01-01-2000",
    "vigencia": "01-01-2000",
}
"""Un valor cualquiera de cada zona: la forma de un encabezado es la misma con zonas o sin ellas."""


def hallar(forma: FormaNormal, lenguaje: Lenguaje | None = None) -> Iterator[tuple[str, Hallazgo]]:
    """Los datos que dice un documento, cada uno como (campo, hallazgo)."""
    for encabezado in forma.encabezados:
        fuente = PIE if encabezado.clase.startswith("pie") else ENCABEZADO
        yield from _en_bloques(encabezado.bloques, fuente, lenguaje)
    portada = portada_de(forma)
    yield from _en_bloques(portada, PORTADA, lenguaje)
    yield from _de_firmas(forma)
    cambios = cambios_en(reversed(forma.bloques)) or cambios_en(forma.bloques)
    if cambios:
        ultimo = cambios[-1]
        lugar = f"{FUENTES[CAMBIOS]}, fila «{ultimo.fila}»"
        yield palabras.VERSION, Hallazgo(ultimo.version, CAMBIOS, lugar, ultimo.version)
        if ultimo.fecha:
            yield palabras.APROBACION, _fecha(ultimo.fecha.texto, CAMBIOS, lugar)


def de_nombre(leido: NombreLeido, nombre: str) -> Iterator[tuple[str, Hallazgo]]:
    """Los datos que dice el nombre del archivo."""
    lugar = f"{FUENTES[NOMBRE]}, «{nombre}»"
    for campo, valor in (
        (palabras.CODIGO, leido.codigo),
        (palabras.VERSION, leido.version),
        (palabras.TITULO, leido.titulo),
    ):
        if valor:
            yield campo, Hallazgo(valor, NOMBRE, lugar, valor)
    if leido.fecha:
        yield palabras.APROBACION, _fecha(leido.fecha.texto, NOMBRE, lugar)


def de_propiedades(
    titulo: str, asunto: str, ajenas: dict[str, str], lenguaje: Lenguaje | None
) -> Iterator[tuple[str, Hallazgo]]:
    """Los datos de las propiedades del archivo: título, asunto y las personalizadas con nombre de rótulo."""
    lugar = f"{FUENTES[PROPIEDADES]}, «{titulo or asunto}»"
    if _titulo_creible(titulo):
        yield palabras.TITULO, Hallazgo(titulo, PROPIEDADES, lugar, titulo)
    for texto in filter(None, (titulo, asunto)):
        if leido := codigo_en(texto, lenguaje):
            yield palabras.CODIGO, Hallazgo(leido.codigo, PROPIEDADES, lugar, leido.texto)
    for nombre, valor in ajenas.items():
        for hallado in rotulos.en_linea(f"{nombre}: {valor}", lenguaje):
            yield from _normal(hallado, PROPIEDADES, f"{FUENTES[PROPIEDADES]}, «{nombre}: {valor}»", lenguaje)


def de_texto(texto: str, lenguaje: Lenguaje | None) -> Hallados:
    """Los datos con rótulo del texto de un PDF, y el código que nombra si ninguno tiene rótulo."""
    con_rotulo = rotulos.en_lineas(texto.splitlines(), lenguaje)
    for hallado in con_rotulo:
        yield from _normal(hallado, CONTENIDO, f"{FUENTES[CONTENIDO]}, «{hallado.linea}»", lenguaje)
    leido = codigo_en(texto, lenguaje)
    if leido and leido.de_mascara and not any(h.campo == palabras.CODIGO for h in con_rotulo):
        yield palabras.CODIGO, Hallazgo(leido.codigo, CONTENIDO, FUENTES[CONTENIDO], leido.texto)


def de_identidad(propias: dict[str, str]) -> Iterator[tuple[str, Hallazgo]]:
    """Los datos con que este sistema marcó un documento suyo."""
    for clave in (palabras.CODIGO, palabras.VERSION, palabras.TITULO):
        if propias.get(clave):
            yield clave, Hallazgo(propias[clave], IDENTIDAD, FUENTES[IDENTIDAD], propias[clave])


# ---- encabezado, pie y portada ----------------------------------------------------------------------------


def portada_de(forma: FormaNormal) -> tuple[Bloque, ...]:
    """Lo que precede a la primera sección, hasta un límite: la portada y sus cuadros."""
    primero = min((t.indice for t in titulos_de(forma)), default=len(forma.bloques))
    return forma.bloques[: min(primero, _LARGO_PORTADA)]


def _en_bloques(bloques: Sequence[Bloque], fuente: str, lenguaje: Lenguaje | None) -> Hallados:
    con_rotulo = list(_rotulados(bloques, lenguaje))
    for hallado in con_rotulo:
        yield from _normal(hallado, fuente, f"{FUENTES[fuente]}, «{hallado.linea}»", lenguaje)
    lineas = list(_lineas(bloques))
    if not any(h.campo == palabras.CODIGO for h in con_rotulo):
        yield from _codigo_suelto(lineas, fuente, lenguaje)
    if fuente != PIE:
        usadas = {hallado.valor for hallado in con_rotulo}
        sueltas = [linea for linea in lineas if linea not in usadas and not _con_rotulo(linea, lenguaje)]
        yield from _titulos(bloques, sueltas, fuente)


def _rotulados(bloques: Iterable[Bloque], lenguaje: Lenguaje | None) -> Iterator[rotulos.Rotulado]:
    """Los datos con rótulo; en un bloque de firmas, «Fecha» es la de cada firma y no la del documento."""
    for firmado, grupo in groupby(bloques, key=_es_de_firmas):
        for hallado in rotulos.rotulados(grupo, lenguaje):
            if not (firmado and hallado.campo == palabras.APROBACION):
                yield hallado


def _es_de_firmas(bloque: Bloque) -> bool:
    return bloque.clase == TABLA and any(firma.fecha for firma in firmas_en([bloque]))


def _codigo_suelto(lineas: Iterable[str], fuente: str, lenguaje: Lenguaje | None) -> Hallados:
    """El primer código sin rótulo: el que calza con la máscara, o el que está solo en su línea."""
    for linea in lineas:
        leido = codigo_en(linea, lenguaje)
        if leido and (leido.de_mascara or leido.texto == linea):
            lugar = f"{FUENTES[fuente]}, «{linea[:120]}»"
            yield palabras.CODIGO, Hallazgo(leido.codigo, fuente, lugar, leido.texto)
            return


def _titulos(bloques: Sequence[Bloque], sueltas: Sequence[str], fuente: str) -> Hallados:
    """El título sin rótulo; en una portada sin palabra de tipo es conjetura, y no se busca en tablas."""
    titulo = con_palabra_de_tipo(sueltas)
    exacto = bool(titulo) or fuente == ENCABEZADO
    if not titulo:
        fuera = set(_lineas(b for b in bloques if b.clase != TABLA))
        titulo = sin_palabra_de_tipo([s for s in sueltas if fuente == ENCABEZADO or s in fuera])
    if titulo:
        lugar = f"{FUENTES[fuente]}, «{titulo[:120]}»"
        yield palabras.TITULO, Hallazgo(titulo, fuente, lugar, titulo, exacto)


def _lineas(bloques: Iterable[Bloque]) -> Iterator[str]:
    """Cada línea de texto, también las de dentro de las celdas."""
    for bloque in bloques:
        if bloque.clase == TABLA:
            for fila in bloque.filas:
                for celda in fila:
                    yield from _lineas(celda)
        elif bloque.clase not in {ZONA, LISTA}:
            texto = texto_de([bloque]) if not bloque.texto else bloque.texto
            yield from (linea for cruda in texto.split("\n") if (linea := " ".join(cruda.split())))


def _con_rotulo(linea: str, lenguaje: Lenguaje | None) -> bool:
    return bool(rotulos.rotulo_solo(linea) or rotulos.en_linea(linea, lenguaje))


def con_palabra_de_tipo(lineas: Sequence[str]) -> str:
    """La línea que empieza como un documento («Procedimiento de compras»), o «» si no hay.

    Si la línea solo dice el tipo, la que sigue es el resto: «PROCEDIMIENTO» / «DE COMPRAS».
    """
    for linea, siguiente in pairwise([*lineas, ""]):
        if _SOLO_TIPO.fullmatch(palabras.plano(linea)):
            if _titulo_creible(siguiente) and not _DE_TIPO.match(palabras.plano(siguiente)):
                return f"{linea.rstrip(' :')} {siguiente}"
        elif _DE_TIPO.match(palabras.plano(linea)) and _titulo_creible(linea):
            return linea
    return ""


def sin_palabra_de_tipo(lineas: Sequence[str]) -> str:
    """La primera línea con mayúscula inicial que no es el nombre de la institución ni una frase."""
    return next(
        (
            linea
            for linea in lineas
            if _titulo_creible(linea)
            and linea[0].isupper()
            and not palabras.INSTITUCION.search(palabras.plano(linea))
        ),
        "",
    )


def _titulo_creible(linea: str) -> bool:
    letras = sum(c.isalpha() for c in linea)
    if letras < 4 or len(linea) > LARGO_TITULO or linea.startswith("[") or linea.endswith((".", ";", ",")):
        return False
    return llano(linea) not in {
        "documento1",
        "documento",
        "indice",
        "contenido",
        "tabla de contenido",
        "word document",
    }


def _normal(hallado: rotulos.Rotulado, fuente: str, lugar: str, lenguaje: Lenguaje | None) -> Hallados:
    """El hallazgo con su valor en forma normal; la fecha de elaboración aproxima la de aprobación."""
    campo, valor = hallado.campo, hallado.valor
    if campo == palabras.CODIGO:
        leido = codigo_en(valor, lenguaje)
        yield campo, Hallazgo(leido.codigo if leido else normal(valor), fuente, lugar, valor)
    elif campo == palabras.VERSION:
        yield campo, Hallazgo(valor, fuente, lugar, valor)
        if fecha_en(hallado.linea.partition(valor)[2]) and not _otra_fecha(hallado.linea):
            yield palabras.APROBACION, _fecha(hallado.linea.partition(valor)[2], fuente, lugar)
    elif campo == palabras.ELABORACION:
        yield palabras.APROBACION, _fecha(valor, fuente, lugar)._replace(exacto=False)
    elif campo in palabras.FECHAS:
        yield campo, _fecha(valor, fuente, lugar)
    elif campo in {palabras.TITULO, palabras.TIPO, *palabras.ROLES}:
        yield campo, Hallazgo(valor, fuente, lugar, valor)


def _otra_fecha(linea: str) -> bool:
    return any(r.campo in palabras.FECHAS for r in rotulos.en_linea(linea))


def _fecha(texto: str, fuente: str, lugar: str) -> Hallazgo:
    leida = fecha_en(texto)
    if leida is None:
        return Hallazgo("", fuente, lugar, texto, exacto=False)
    return Hallazgo(leida.fecha.isoformat(), fuente, lugar, leida.texto, leida.exacta)


def _de_firmas(forma: FormaNormal) -> Hallados:
    margenes = tuple(b for e in forma.encabezados for b in e.bloques)
    for firma in firmas_en((*forma.bloques, *margenes)):
        lugar = f"{FUENTES[FIRMAS]}, «{firma.texto}»"
        if firma.texto:
            yield firma.rol, Hallazgo(firma.cargo or firma.persona, FIRMAS, lugar, firma.texto)
        if firma.rol == palabras.APROBO and firma.fecha:
            lugar = f"{FUENTES[FIRMAS]}, fecha de quien aprobó"
            yield palabras.APROBACION, _fecha(firma.fecha.texto, FIRMAS, lugar)


# ---- familia ----------------------------------------------------------------------------------------------


def familia_de(forma: FormaNormal) -> str:
    """La huella de la forma de los encabezados, sin sus valores; «» si no hay encabezado.

    Dos documentos hechos con la misma plantilla dan la misma aunque cambien código, título, versión o fecha.
    """
    formas = sorted({(e.clase, _esqueleto(e.bloques)) for e in forma.encabezados if e.bloques})
    if not formas:
        return ""
    return hashlib.sha256(repr(formas).encode()).hexdigest()[:12]


def _esqueleto(bloques: Iterable[Bloque]) -> str:
    piezas = []
    for bloque in bloques:
        if bloque.clase == TABLA:
            filas = ("".join(f"<{_esqueleto(c)}>" for c in fila) for fila in bloque.filas)
            piezas.append("[" + "/".join(filas) + "]")
        else:
            piezas.append(_esqueleto_texto(bloque))
    return ",".join(filter(None, piezas))


def _esqueleto_texto(bloque: Bloque) -> str:
    """Los rótulos de un párrafo, «imagen» si la trae y «texto» si dice algo más; una zona es un valor más."""
    if bloque.clase == ZONA:
        return "texto"
    dicho = re.sub(r"\[(\w+)\]", lambda m: _DE_MUESTRA.get(m[1], m[0]), bloque.texto)
    campos = [r.campo for r in rotulos.en_linea(dicho)] or ["/".join(rotulos.rotulo_solo(dicho))]
    imagen = ["imagen"] if any(m.clase == "imagen" for m in bloque.marcas) else []
    hallados = [c for c in campos if c] + imagen
    return "+".join(hallados) or ("texto" if bloque.texto.strip() else "")
