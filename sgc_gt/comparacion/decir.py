"""Las palabras con que se cuenta un cambio, iguales en la pantalla, la página y el JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from sgc_gt.comparacion.aplicar import bloque_nuevo
from sgc_gt.comparacion.valores import (
    AGREGADO,
    IGUAL,
    MODIFICADO,
    MOVIDO,
    ORIGEN,
    SUPRIMIDO,
    Comparacion,
    Informe,
    Lado,
    Paso,
    PasoFila,
    SeccionComparada,
)
from sgc_gt.dominio import textos
from sgc_gt.dominio.etiquetas import ESTADOS
from sgc_gt.dominio.forma import CUADRO, LISTA, PARRAFO, TABLA, TITULO, ZONA, Bloque, texto_de

CLASES = {
    TITULO: "título",
    PARRAFO: "párrafo",
    LISTA: "elemento de lista",
    TABLA: "tabla",
    CUADRO: "cuadro de texto",
    ZONA: "zona de control",
}
ENCABEZADOS = {
    "encabezado": "Encabezado",
    "encabezado_primera": "Encabezado de la primera página",
    "encabezado_par": "Encabezado de las páginas pares",
    "pie": "Pie de página",
    "pie_primera": "Pie de la primera página",
    "pie_par": "Pie de las páginas pares",
}
PLURALES = {
    MODIFICADO: ("1 modificado", "{n} modificados"),
    AGREGADO: ("1 agregado", "{n} agregados"),
    SUPRIMIDO: ("1 suprimido", "{n} suprimidos"),
    MOVIDO: ("1 movido", "{n} movidos"),
}
DE_SECCION = {
    AGREGADO: "sección nueva",
    SUPRIMIDO: "sección suprimida",
    MOVIDO: "la sección cambió de lugar",
}
_ESTAR = {"tachado": "tachado", "oculto": "oculto", "suprimido": "marcado para suprimir, sin aceptar"}
TEXTO_CORTO = 60


def secciones_con_cambios(c: Comparacion) -> list[SeccionComparada]:
    """Las secciones que cambian, y al final los encabezados y pies, cada uno como una sección."""
    cuerpo = [s for s in c.secciones if any(p.tipo != IGUAL for p in s.pasos)]
    margenes = [
        SeccionComparada(
            ENCABEZADOS.get(e.clase, e.clase),
            "" if e.tipo == AGREGADO else ENCABEZADOS.get(e.clase, e.clase),
            MODIFICADO,
            e.pasos,
        )
        for e in c.encabezados
        if e.tipo != IGUAL
    ]
    return [*cuerpo, *margenes]


def nombre_lado(lado: Lado) -> str:
    """«versión 02 (Vigente)», o el nombre del archivo si es uno suelto."""
    if not lado.version:
        return lado.archivo
    return f"versión {lado.version}" + (f" ({ESTADOS[lado.estado]})" if lado.estado else "")


def titulo_informe(i: Informe) -> str:
    """Lo que se compara, en una línea."""
    codigo = i.antes.codigo or i.despues.codigo
    de_que = f"{codigo}: " if codigo else ""
    return f"{de_que}{nombre_lado(i.antes)} → {nombre_lado(i.despues)}"


def conclusion(i: Informe) -> str:
    """El resultado, en una oración."""
    if i.mismos_bytes:
        return "Los dos archivos son el mismo, byte por byte."
    if i.comparacion is None:
        return (
            "Los archivos son distintos. Como no son los dos documentos de Word, lo que dicen no se compara: "
            "solo se sabe que sus bytes difieren."
        )
    if i.iguales:
        return "Dicen lo mismo. Los archivos difieren solo en lo que el procesador de textos guarda aparte."
    if i.comparacion.iguales:
        return "El contenido es el mismo. Cambian solo las zonas de control, que escribe el sistema."
    cuenta = i.comparacion.cuenta()
    partes = [PLURALES[t][n > 1].format(n=n) for t, n in cuenta.items() if n]
    total = len(secciones_con_cambios(i.comparacion))
    donde = "una sección" if total == 1 else f"{total} secciones"
    return f"Cambios en {donde}: {', '.join(partes)}."


def es_su_titulo(p: Paso, s: SeccionComparada) -> bool:
    """Si el paso es el título que ya encabeza la sección: mostrarlo otra vez no dice nada."""
    if p.bloque is None or p.edicion is not None or p.bloque.clase != TITULO:
        return False
    return (s.nombre_antes if p.tipo == ORIGEN else s.nombre).endswith(p.bloque.texto.strip())


def recortado(texto: str, largo: int = TEXTO_CORTO) -> str:
    """El comienzo de un texto, en una línea, cortado entre palabras."""
    return textos.recortado(texto, largo)


def origenes(c: Comparacion) -> dict[int, str]:
    """Bloque de antes que se movió → nombre de la sección donde estaba."""
    return {p.antes: s.nombre_antes or s.nombre for s in c.secciones for p in s.pasos if p.tipo == ORIGEN}


def destinos(c: Comparacion) -> dict[int, str]:
    """Bloque de antes que se movió → nombre de la sección donde quedó."""
    return {p.antes: s.nombre for s in c.secciones for p in s.pasos if p.tipo == MOVIDO}


# ---- lo que el texto solo no dice -------------------------------------------------------------------------


def otros_cambios(paso: Paso) -> list[str]:
    """Lo que cambió en un bloque además de sus palabras: clase, enlaces, imágenes, tachados, notas."""
    nuevo = bloque_nuevo(paso)
    if paso.edicion is None or paso.bloque is None or nuevo is None:
        return []
    frases = [*_de_clase(paso.bloque, nuevo), *_de_marcas(paso.bloque, nuevo)]
    sin_palabras = (paso.bloque.texto, paso.bloque.filas, paso.bloque.bloques) == (
        nuevo.texto,
        nuevo.filas,
        nuevo.bloques,
    )
    return frases or (["cambia su formato interno, sin que cambie el texto"] if sin_palabras else [])


def _de_clase(a: Bloque, d: Bloque) -> Iterator[str]:
    if (a.clase, a.nivel) != (d.clase, d.nivel):
        yield f"era {_que_es(a)} y ahora es {_que_es(d)}"


def _que_es(bloque: Bloque) -> str:
    nivel = f" de nivel {bloque.nivel}" if bloque.nivel else ""
    return CLASES[bloque.clase] + nivel


def _de_marcas(a: Bloque, d: Bloque) -> Iterator[str]:
    """Se comparan por lo que cubren, no por su posición, que cualquier palabra agregada corre."""
    viejas, nuevas = (
        Counter((m.clase, b.texto[m.desde : m.hasta], m.dato) for m in b.marcas) for b in (a, d)
    )
    salen, entran = sorted((viejas - nuevas).elements()), sorted((nuevas - viejas).elements())
    for clase, texto, dato in salen:
        par = next((e for e in entran if e[:2] == (clase, texto)), None)
        if par is not None:
            entran.remove(par)
            yield from _mismo_texto(clase, texto, dato, par[2])
        elif texto in d.texto and texto:
            yield from _marca(clase, texto, dato, "deja de")
    for clase, texto, dato in entran:
        if texto in a.texto and texto:
            yield from _marca(clase, texto, dato, "ahora")


def _mismo_texto(clase: str, texto: str, antes: str, despues: str) -> Iterator[str]:
    if clase == "enlace":
        yield f"el enlace «{recortado(texto)}» lleva ahora a {despues}; antes, a {antes}"
    elif clase == "imagen":
        yield f"la imagen es otra: {recortado(texto)}"
    elif clase == "campo":
        yield f"el campo automático es otro: antes {antes}, ahora {despues}"
    elif clase == "nota":
        yield f"cambia la nota por dentro (enlaces o formato): {recortado(texto)}"


def _marca(clase: str, texto: str, dato: str, como: str) -> Iterator[str]:
    corto = recortado(texto)
    if clase == "enlace":
        yield f"«{corto}» {'ahora es un enlace' if como == 'ahora' else 'deja de ser un enlace'} a {dato}"
    elif clase in _ESTAR:
        yield f"«{corto}» {'ahora está' if como == 'ahora' else 'deja de estar'} {_ESTAR[clase]}"


def como_esta(bloque: Bloque) -> list[str]:
    """Lo que el texto de un bloque no dice de sí: qué parte está tachada, oculta o por suprimir."""
    return [
        f"«{recortado(bloque.texto[m.desde : m.hasta])}» está {_ESTAR[m.clase]}"
        for m in bloque.marcas
        if m.clase in _ESTAR
    ]


# ---- tablas -----------------------------------------------------------------------------------------------


def titulos_columnas(tabla: Bloque) -> list[str]:
    """El texto de la primera fila, que en los documentos del servicio es la de títulos."""
    return [recortado(texto_de(celda), 30) for celda in tabla.filas[0]] if tabla.filas else []


def nombre_columna(titulos: list[str], n: int) -> str:
    """«Plazo», o «columna 3» si no tiene título."""
    return f"«{titulos[n]}»" if n < len(titulos) and titulos[n] else f"columna {n + 1}"


def texto_fila(paso: PasoFila) -> str:
    """Las celdas de una fila, separadas con « | »."""
    return " | ".join(" ".join(texto_de(celda).split()) for celda in paso.fila)


def traslados(p: Paso) -> list[str]:
    """Las filas y columnas de una tabla que cambiaron de lugar."""
    nuevo = bloque_nuevo(p)
    if p.edicion is None or p.edicion.tabla is None or nuevo is None:
        return []
    titulos = titulos_columnas(nuevo)
    columnas = [
        f"la columna {nombre_columna(titulos, c.despues)} pasó del lugar {c.antes + 1} al {c.despues + 1}"
        for c in p.edicion.tabla.columnas
        if c.tipo == MOVIDO
    ]
    filas = [
        f"la fila «{recortado(texto_fila(f))}» pasó de la {f.antes + 1} a la {f.despues + 1}"
        for f in p.edicion.tabla.filas
        if f.tipo == MOVIDO
    ]
    return [*columnas, *filas]
