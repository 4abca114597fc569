"""La sección «Registros» de un documento Word, leída como está escrita, sea tabla o lista.

ISO 9001:2008 4.2.4; 2015 7.5.3.2; la sección 9 de la guía. Las palabras con que cada servicio nombra sus
columnas están en `COLUMNAS`: agregar una es agregar una línea. Aquí no se completa ni se corrige nada: lo
que la sección calla queda vacío.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from sgc_gt.dominio.forma import LISTA, PARRAFO, TABLA, Bloque, FormaNormal, Seccion, secciones
from sgc_gt.dominio.registros import PedidoRegistro
from sgc_gt.dominio.registros_palabras import AJENA, campo_de, es_titulo, modo_de, no_es_registro
from sgc_gt.dominio.retencion import Plazo, en_anios, leer_plazo
from sgc_gt.dominio.textos import una_linea

Cuadricula = Sequence[Sequence[str]]


class Columna(NamedTuple):
    """Una columna leída: el campo de `PedidoRegistro` y, si lo comparte con otra, su propio título."""

    campo: str
    rotulo: str = ""


Columnas = Mapping[int, Columna]
_NINGUNA = Columna("")

_CODIGO = r"[A-ZÑ]{1,6}(?:[-./_][A-ZÑ0-9]{1,6}){0,3}[-./_]\d{1,4}"
_AL_COMIENZO = re.compile(rf"({_CODIGO})(?![\w-])[\s:.,;–—-]*")
_AL_FINAL = re.compile(rf"[\s:.,;–—-]*[(\[]?({_CODIGO})[)\]]?\s*\.?$")
_REQUISITO = r"[A-Z]{2,5}[0-9]?-[A-Z0-9]+(?:\.[a-z0-9]+)*"
_REQUISITOS = re.compile(rf"[\s(\[]+{_REQUISITO}(?:,\s*{_REQUISITO})*[)\]]?$")
_VINETA = re.compile(r"^(?:[-–—•·▪○*\uf0b7]+|\d{1,2}[.)]|[a-z][.)])\s+(?=\S)")
_DOS_PUNTOS = re.compile(r"^([^:]{3,40}):\s+(?=\S)")
_EN_LA_LINEA = re.compile(r"[;,]\s+|\s+\((?=\S)")
PALABRAS_DE_UN_NOMBRE = 14
"""Un párrafo suelto más largo no es el nombre de un registro: es una oración sobre los registros."""
IDENTIDAD = ("codigo", "nombre")
MINIMO = 2
"""Cuántas columnas conocidas hacen un encabezado: una sola palabra puede ser un dato."""


def registros_en(forma: FormaNormal, procedimiento: str = "") -> tuple[PedidoRegistro, ...]:
    """Los registros que la sección «Registros» pide, en orden; vacío si no está o no pide ninguno.

    Lee todas las tablas de la sección y sus apartados, aunque estén sin llenar: un texto junto a una tabla
    la presenta. Si no hay tablas, lee la lista o los párrafos breves.
    """
    partes = _seccion(secciones(forma))
    leer = _de_tablas if any(b.clase == TABLA for s in partes for b in s.bloques) else _de_lista
    hallados = [pedido for s in partes for pedido in leer(s.bloques, s.numero)]
    return tuple(p._replace(procedimiento=procedimiento) for p in dict.fromkeys(hallados))


def tiene_seccion(forma: FormaNormal) -> bool:
    """Si el documento trae una sección «Registros», pida algo o no."""
    return bool(_seccion(secciones(forma)))


def _seccion(todas: Sequence[Seccion]) -> list[Seccion]:
    """Las secciones que se llaman así, al nivel más alto en que aparecen, con todo lo que cuelga de ellas."""
    propias = [s.nivel for s in todas if es_titulo(s.titulo)]
    partes: list[Seccion] = []
    dentro = False
    for s in todas:
        if s.nivel <= min(propias, default=0):
            dentro = es_titulo(s.titulo)
        if dentro:
            partes.append(s)
    return partes


# ---- tablas ------------------------------------------------------------------------------------------------


def _de_tablas(bloques: Iterable[Bloque], seccion: str) -> Iterator[PedidoRegistro]:
    for bloque in bloques:
        if bloque.clase == TABLA:
            yield from _de_tabla(bloque, seccion)


def _de_tabla(tabla: Bloque, seccion: str) -> Iterator[PedidoRegistro]:
    filas: Cuadricula = [[_limpio(c) for c in fila] for fila in tabla.cuadricula()]
    if _acostada(filas):
        filas = _girada(filas)
    columnas: Columnas = {}
    encima: Sequence[str] = ()  # la fila de encabezado inmediatamente anterior
    for fila in filas:
        if columnas and encima and _continua(fila, encima):
            columnas = {n: Columna(c.campo, _rotulo(n, fila, encima)) for n, c in columnas.items()}
            encima = ()
        elif nuevas := _encabezado(fila):
            columnas, encima = nuevas, fila
        else:
            encima = ()
            if pedido := _de_fila(fila, columnas, seccion):
                yield pedido


def _acostada(filas: Cuadricula) -> bool:
    """Si los nombres de los atributos van en la primera columna: una ficha por registro."""
    primera = {campo_de(fila[0]) for fila in filas if fila} - {""}
    return len(primera) > max(MINIMO, len({campo_de(c) for c in filas[0]} - {""}))


def _girada(filas: Cuadricula) -> Cuadricula:
    ancho = max(map(len, filas))
    return [[fila[n] if n < len(fila) else "" for fila in filas] for n in range(ancho)]


def _encabezado(fila: Sequence[str]) -> dict[int, Columna]:
    """Las columnas que la fila nombra; vacío si es de datos."""
    campos = {n: Columna(campo) for n, celda in enumerate(fila) if (campo := campo_de(celda))}
    nombrados = {columna.campo for columna in campos.values()}
    bastan = nombrados >= {"nombre"} if len(fila) == 1 else len(nombrados) >= MINIMO
    dice_datos = any(_AL_COMIENZO.fullmatch(celda) for celda in fila)
    mayoria = 2 * len(campos) >= len(list(filter(None, fila)))
    return campos if bastan and mayoria and nombrados & set(IDENTIDAD) and not dice_datos else {}


def _continua(fila: Sequence[str], encima: Sequence[str]) -> bool:
    """Si es la segunda fila de un encabezado: repite celdas combinadas de la de encima y divide otras."""
    repetidas = sum(a == b != "" for a, b in zip(fila, encima, strict=False))
    return repetidas >= MINIMO and any(_rotulo(n, fila, encima) for n in range(len(fila)))


def _rotulo(n: int, fila: Sequence[str], encima: Sequence[str]) -> str:
    """El título propio de una columna que comparte el de encima con su vecina («Oficina», de «Retención»)."""
    if n >= len(fila) or n >= len(encima) or fila[n] == encima[n]:
        return ""
    vecinas = [encima[m] for m in (n - 1, n + 1) if 0 <= m < len(encima)]
    return fila[n] if encima[n] in vecinas else ""


def _de_fila(fila: Sequence[str], columnas: Columnas, seccion: str) -> PedidoRegistro | None:
    """El pedido de una fila; None si es un título de grupo, una guía sin llenar o está vacía."""
    if len(fila) > 1 and len(set(fila)) == 1:
        return None
    valores: dict[str, str] = {}
    for n, celda in enumerate(fila):
        columna = columnas.get(n, _NINGUNA) if columnas else Columna(_sin_titulos(n, celda))
        if columna.campo in ("", AJENA) or not celda:
            continue
        valor = f"{columna.rotulo}: {celda}" if columna.rotulo else celda
        previo = valores.get(columna.campo, "")
        valores[columna.campo] = "; ".join(filter(None, (previo, valor))) if valor != previo else previo
    return _pedido(valores, seccion)


def _sin_titulos(n: int, celda: str) -> str:
    """El campo de una celda cuando la tabla no nombra sus columnas: solo código y nombre se adivinan."""
    if n == 0 and _AL_COMIENZO.fullmatch(celda):
        return "codigo"
    return "nombre" if n <= 1 and celda and not celda.isdecimal() else ""


# ---- listas ------------------------------------------------------------------------------------------------


def _de_lista(bloques: Iterable[Bloque], seccion: str) -> Iterator[PedidoRegistro]:
    """Un registro por línea; una línea «Responsable: …» que sigue a un registro dice un atributo suyo."""
    lineas = list(_lineas(bloques))
    con_senal = any(senal for _, senal in lineas)
    valores: dict[str, str] = {}
    for texto, senal in lineas:
        atributo = _DOS_PUNTOS.match(texto)
        campo = campo_de(atributo[1]) if atributo else ""
        if atributo and campo not in ("", AJENA, "nombre") and valores:
            valores.setdefault(campo, texto[atributo.end() :])
        elif senal or (not con_senal and _parece_nombre(texto)):
            if pedido := _pedido(valores, seccion):
                yield pedido
            valores = _de_linea(texto)
    if pedido := _pedido(valores, seccion):
        yield pedido


def _de_linea(texto: str) -> dict[str, str]:
    """El nombre y lo que la línea diga de él: «Solicitudes, cinco años», «Acta; custodio: Secretaría»."""
    nombre, *resto = _EN_LA_LINEA.split(texto.rstrip(" .;,)"))
    valores: dict[str, str] = {}
    for trozo in resto:
        campo, _, dicho = trozo.partition(":")
        atributo = campo_de(campo) if dicho.strip() else "retencion" if leer_plazo(trozo) != Plazo() else ""
        if atributo in ("", AJENA, *IDENTIDAD) or atributo in valores:
            return {"nombre": texto}  # la coma es parte del nombre
        valores[atributo] = dicho.strip() or trozo
    return {"nombre": nombre if valores else texto, **valores}


def _lineas(bloques: Iterable[Bloque]) -> Iterator[tuple[str, bool]]:
    """Cada línea sin su viñeta, y si algo la señala como elemento: la viñeta, el estilo o un código."""
    for bloque in bloques:
        if bloque.clase not in (LISTA, PARRAFO):
            continue
        for cruda in bloque.texto.splitlines():
            texto = _limpio(cruda)
            vineta = _VINETA.match(texto)
            texto = texto[vineta.end() :] if vineta else texto
            if texto:
                yield texto, bloque.clase == LISTA or bool(vineta or _AL_COMIENZO.match(texto))


def _parece_nombre(texto: str) -> bool:
    return len(texto.split()) <= PALABRAS_DE_UN_NOMBRE and texto[-1:] not in ".:;?"


# ---- un registro -------------------------------------------------------------------------------------------


def _pedido(valores: Mapping[str, str], seccion: str) -> PedidoRegistro | None:
    nombre, codigo = valores.get("nombre", ""), valores.get("codigo", "")
    ancla = nombre or codigo
    if codigo:  # los requisitos que la plantilla anota tras el nombre: «Plan  REG-2»
        nombre = _REQUISITOS.sub("", nombre)
    else:
        codigo, nombre = separar_codigo(nombre)
    nombre = nombre.rstrip(" .;,")
    if no_es_registro(codigo, nombre):
        return None
    resto = {c: v for c, v in valores.items() if c not in (*IDENTIDAD, "modo", "retencion")}
    return PedidoRegistro(
        "",
        codigo,
        nombre,
        retencion=en_anios(valores.get("retencion", "")),
        modo=modo_de(valores.get("modo", "")),
        seccion=seccion,
        ancla=ancla,
        **resto,
    )


def separar_codigo(texto: str) -> tuple[str, str]:
    """«RG-GT-04 Informe de terreno» o «Informe de terreno (RG-GT-04)»: el código y el nombre."""
    if m := _AL_COMIENZO.match(texto):
        return m[1], texto[m.end() :]
    if m := _AL_FINAL.search(texto):
        return m[1], texto[: m.start()]
    return "", texto


def _limpio(texto: str) -> str:
    return una_linea(texto).strip("\u00a0 ")
