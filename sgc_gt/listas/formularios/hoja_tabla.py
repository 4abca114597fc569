"""Una hoja con una fila por elemento: título, ayuda de cada columna, encabezado y filas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from sgc_gt.listas.formularios.celdas import Celda, a_celda, nombre_region
from sgc_gt.listas.formularios.comparar_filas import respecto_de
from sgc_gt.listas.formularios.escritura_celdas import escribir_celda
from sgc_gt.listas.formularios.estilos import Rangos, alto, ancho_de, ayuda_de, formato_de, validacion
from sgc_gt.listas.formularios.modelo import ANTES, MARCA, Formulario
from sgc_gt.listas.formularios.partes import MADRE, NUMERADA, REGION, FilaDe, Parte, bajar, filas_de

AYUDAS, CLAVES, CABECERA = 3, 4, 5
PRIMERA = CABECERA + 1
LIBRES = 30
"""Filas vacías que se dejan dibujadas; se pueden agregar más."""
VALIDADAS = 300


class Tablas(NamedTuple):
    """Lo que las hojas de un libro comparten."""

    todas: Mapping[str, Parte]
    nombres: Mapping[str, str]
    rangos: Rangos
    estilos: Mapping[str, Format]


def escribir_tabla(hoja: Worksheet, f: Formulario, parte: Parte, tablas: Tablas) -> bool:
    """Escribe la hoja entera; dice si se le escribió una fila por región porque no traía ninguna."""
    estilos = tablas.estilos
    hoja.write_string(0, 0, parte.titulo, estilos["titulo"])
    hoja.write_string(1, 0, _bajada(f, parte), estilos["bajada"])
    columnas = _columnas(hoja, f, parte, tablas)
    anchos = [ancho_de(campo) if (campo := parte.campo(clave)) else 40 for clave in columnas]
    filas = _filas(f, parte, tablas)
    sembrar = _semillas(f, parte, filas)
    for n, fila in enumerate(filas):
        celdas = _celdas(f, parte, tablas, fila, n)
        for c, (valor, formato) in enumerate(celdas):
            escribir_celda(hoja, PRIMERA + n, c, valor, estilos[formato])
        hoja.set_row(PRIMERA + n, alto(zip((v for v, _ in celdas), anchos, strict=True)))
    for n, valores in enumerate(sembrar, start=len(filas)):
        for c, clave in enumerate(columnas):
            escribir_celda(hoja, PRIMERA + n, c, valores.get(clave), estilos[_vacio(parte, clave)])
    ultima = PRIMERA + len(filas) + len(sembrar)
    for n in range(ultima, ultima + LIBRES):
        for c, clave in enumerate(columnas):
            hoja.write_blank(n, c, None, estilos[_vacio(parte, clave)])
    _elegir(hoja, f, parte, tablas, columnas)
    hoja.autofilter(CABECERA, 0, ultima + LIBRES - 1, len(columnas) - 1)
    fijas = 1 + (NUMERADA in columnas or MADRE in columnas)
    hoja.freeze_panes(PRIMERA, fijas if len(columnas) > 2 else 0)
    hoja.repeat_rows(CABECERA)
    return bool(sembrar)


def _bajada(f: Formulario, parte: Parte) -> str:
    requisitos = f"Requisito {', '.join(parte.requisitos)}." if parte.requisitos else ""
    region = f"Solo las filas de la región {nombre_region(f.region)}." if f.region else ""
    return " ".join(filter(None, [parte.ayuda, requisitos, region]))


def _columnas(hoja: Worksheet, f: Formulario, parte: Parte, tablas: Tablas) -> list[str]:
    """Escribe ayuda, clave escondida y encabezado de cada columna; devuelve sus claves en orden."""
    estilos = tablas.estilos
    columnas: list[tuple[str, str, str, int]] = []
    if parte.numerada:
        columnas.append((NUMERADA, "N° (obligatorio)", "El número de esta fila, distinto en cada una.", 8))
    if parte.madre:
        madre = tablas.todas[parte.madre]
        llave = madre.campo(madre.llave)
        titulo = f"{madre.titulo}: {llave.titulo.lower() if llave else 'N°'} (obligatorio)"
        columnas.append((MADRE, titulo, f"A qué fila de «{madre.titulo}» pertenece.", 20))
    columnas += [(c.clave, c.rotulo, ayuda_de(c), ancho_de(c)) for c in parte.campos]
    if f.anterior is not None:
        columnas.append((ANTES, f"Respecto de {f.anterior_nombre}", "No se llena.", 40))
    for n, (clave, titulo, ayuda, ancho) in enumerate(columnas):
        # Abierta la columna entera: así se pueden agregar y quitar filas con la hoja protegida.
        hoja.set_column(n, n, ancho, estilos["fuera"])
        hoja.write_string(AYUDAS, n, ayuda, estilos["ayuda"])
        hoja.write_string(CLAVES, n, f"{MARCA}{parte.clave}|{clave}")
        hoja.write_string(CABECERA, n, titulo, estilos["encabezado"])
    hoja.set_row(AYUDAS, alto((a, w + 2) for _, _, a, w in columnas))
    hoja.set_row(CLAVES, None, None, {"hidden": True})
    hoja.set_row(CABECERA, 32)
    return [c[0] for c in columnas]


def _filas(f: Formulario, parte: Parte, tablas: Tablas) -> list[FilaDe]:
    """Las filas que el formulario trae escritas."""
    filas = filas_de(tablas.todas, parte, f.datos)
    return [x for x in filas if not f.region or bajar(x.valor, ("region",)) == f.region]


def _semillas(f: Formulario, parte: Parte, filas: Sequence[FilaDe]) -> list[dict[str, Any]]:
    """Una fila por región, con la región escrita, en una tabla regional que no trae ninguna."""
    if filas or not parte.regional or parte.madre:
        return []
    return [{"region": nombre_region(r)} for r in ([f.region] if f.region else f.nombres.regiones)]


def _celdas(
    f: Formulario, parte: Parte, tablas: Tablas, fila: FilaDe, numero: int
) -> list[tuple[Celda, str]]:
    """Las celdas de una fila, cada una con su formato."""
    celdas: list[tuple[Celda, str]] = []
    if parte.numerada:
        celdas.append((numero + 1, "entero"))
    if parte.madre:
        celdas.append((_de_la_madre(f, tablas, parte, fila), "general"))
    for campo in parte.campos:
        visto = a_celda(campo, fila.valor if parte.escalar else bajar(fila.valor, campo.ruta), f.nombres)
        celdas.append((visto, formato_de(campo, visto)))
    if f.anterior is not None:
        previas = [x.valor for x in filas_de(tablas.todas, parte, f.anterior)]
        celdas.append((respecto_de(parte, fila.valor, previas, f.nombres), "fijo"))
    return celdas


def _de_la_madre(f: Formulario, tablas: Tablas, parte: Parte, fila: FilaDe) -> Celda:
    madre = tablas.todas[parte.madre]
    campo = madre.campo(madre.llave)
    if campo is None:
        return fila.madre + 1
    suya = filas_de(tablas.todas, madre, f.datos)[fila.madre]
    return a_celda(campo, bajar(suya.valor, campo.ruta), f.nombres)


def _vacio(parte: Parte, clave: str) -> str:
    campo = parte.campo(clave)
    if clave == ANTES:
        return "fijo"
    return formato_de(campo) if campo else "general"


def _elegir(hoja: Worksheet, f: Formulario, parte: Parte, tablas: Tablas, columnas: Sequence[str]) -> None:
    """Las listas y ayudas de cada columna."""
    for n, clave in enumerate(columnas):
        campo = parte.campo(clave)
        if campo is not None:
            hoja.data_validation(PRIMERA, n, PRIMERA + VALIDADAS, n, validacion(campo, tablas.rangos))
        elif clave == MADRE and (origen := _rango_de_la_madre(f, tablas.todas[parte.madre], tablas)):
            hoja.data_validation(
                PRIMERA,
                n,
                PRIMERA + VALIDADAS,
                n,
                {
                    "validate": "list",
                    "source": origen,
                    "error_type": "warning",
                    "error_title": "No está",
                    "error_message": "Esa fila todavía no está en la otra hoja. ¿Lo deja así?",
                },
            )


def _rango_de_la_madre(f: Formulario, madre: Parte, tablas: Tablas) -> Any:
    """Los valores que nombran a una fila madre: su columna, si va en el libro; si no, los que hay."""
    if madre.clave in tablas.nombres:
        campos = [c.clave for c in madre.campos]
        previas = int(madre.numerada) + int(bool(madre.madre))
        n = 0 if madre.numerada else previas + campos.index(madre.llave)
        letra = xl_col_to_name(n)
        return f"='{tablas.nombres[madre.clave]}'!${letra}${PRIMERA + 1}:${letra}${PRIMERA + VALIDADAS}"
    llaves = [str(bajar(x.valor, (madre.llave,))) for x in filas_de(tablas.todas, madre, f.datos)]
    return llaves if llaves and len(",".join(llaves)) <= 255 else None


def escribir_vecina(hoja: Worksheet, f: Formulario, propias: Sequence[Parte], tablas: Tablas) -> None:
    """Lo que escribió una región cercana, con las mismas columnas que las hojas por llenar."""
    hoja.protect("", {"format_columns": True, "format_rows": True})
    hoja.hide_gridlines(2)
    hoja.set_column(0, 12, 30)
    hoja.write_string(0, 0, "Ejemplo de una región vecina", tablas.estilos["titulo"])
    hoja.write_string(1, 0, "Solo para mirar y copiar: esta hoja no se lee.", tablas.estilos["ayuda"])
    fila = 3
    for parte in propias:
        vecina, filas = _vecina(f, parte, tablas)
        if not filas:
            continue
        hoja.write_string(fila, 0, f"{parte.titulo} · {nombre_region(vecina)}", tablas.estilos["fuerte"])
        lugar = int(parte.numerada) + int(bool(parte.madre))
        for c, campo in enumerate(parte.campos, start=lugar):
            hoja.write_string(fila + 1, c, campo.titulo, tablas.estilos["encabezado"])
        for n, de_ella in enumerate(filas, start=fila + 2):
            vistas = [(a_celda(c, bajar(de_ella.valor, c.ruta), f.nombres), 30) for c in parte.campos]
            hoja.set_row(n, alto(vistas))
            for c, campo in enumerate(parte.campos, start=lugar):
                visto = a_celda(campo, bajar(de_ella.valor, campo.ruta), f.nombres)
                if campo.clase == REGION:
                    visto = nombre_region(f.region)
                escribir_celda(hoja, n, c, visto, tablas.estilos["fijo"])
        fila += len(filas) + 3
    if fila == 3:
        hoja.write_string(3, 0, "Ninguna región ha escrito todavía.", tablas.estilos["parrafo"])


def _vecina(f: Formulario, parte: Parte, tablas: Tablas) -> tuple[str, list[FilaDe]]:
    """La región más cercana, de norte a sur, que ya tiene filas en esa tabla."""
    filas = filas_de(tablas.todas, parte, f.datos)
    con_filas = {bajar(x.valor, ("region",)) for x in filas} - {f.region}
    orden = list(f.nombres.regiones)
    if f.region not in orden:
        return "", []
    cercanas = sorted(orden, key=lambda r: abs(orden.index(r) - orden.index(f.region)))
    vecina = next((r for r in cercanas if r in con_filas), "")
    return vecina, [x for x in filas if bajar(x.valor, ("region",)) == vecina] if vecina else []
