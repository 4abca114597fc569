"""`importar --simular`: mirar una carpeta entera y proponer la planilla. No escribe nada en el servicio."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from sgc_gt.contexto import Contexto, Vista
from sgc_gt.dominio import rutas
from sgc_gt.dominio.ficha import Ficha
from sgc_gt.dominio.filas import PENDIENTES
from sgc_gt.dominio.importacion import IMPORTAR, OMITIR, Archivo, Fila, Marco
from sgc_gt.dominio.importacion_cruces import proponer
from sgc_gt.dominio.lectura_codigos import Lenguaje
from sgc_gt.dominio.servicio import Servicio
from sgc_gt.errores import EntradaInvalida, NoEncontrado, UsoIncorrecto, causa_de
from sgc_gt.listas.csv import leer as leer_csv
from sgc_gt.ordenes.importar_formatos import a_textos, formato_de, lenguaje_de
from sgc_gt.word.reconocer import reconocer

_DE_PROGRAMAS = frozenset({"thumbs.db", "desktop.ini", ".ds_store"})
_PASAJEROS = (".tmp", ".lnk", ".part", ".crdownload")


class Simulacion(NamedTuple):
    """Lo que se propone, y lo que la planilla muestra además."""

    filas: tuple[Fila, ...]
    formatos: tuple[Mapping[str, str], ...]
    no_entendido: tuple[tuple[str, str], ...]


def simular(
    ctx: Contexto,
    carpetas: Sequence[Path],
    ajenos: Sequence[Path] = (),
    avanzar: Callable[[int], None] = lambda _: None,
) -> Simulacion:
    """La propuesta para los archivos de esas rutas; `ajenos` son los que no cuentan (la propia planilla)."""
    vista = ctx.vista()
    lenguaje = lenguaje_de(vista.servicio)
    archivos = []
    hallados = hallar(carpetas, ctx.raiz, ajenos)
    for n, (nombre, ruta) in enumerate(hallados.items(), start=1):
        archivos.append(Archivo(nombre, reconocer(leer(ruta), ruta.name, lenguaje)))
        avanzar(n)
    filas = proponer(archivos, _marco(vista, archivos, ctx))
    filas, formatos = _con_formatos(filas, hallados, lenguaje)
    return Simulacion(_en_orden(vista.servicio, filas), formatos, _no_entendido(filas))


def hallar(carpetas: Sequence[Path], raiz: Path, ajenos: Sequence[Path] = ()) -> dict[str, Path]:
    """Nombre (desde la carpeta indicada) → ruta de cada archivo, en orden; NoEncontrado si no hay tal."""
    fuera = {p.absolute() for p in ajenos}
    hallados: dict[str, Path] = {}
    for carpeta in carpetas:
        _exigir_ajena(carpeta, raiz)
        prefijo = f"{carpeta.absolute().name}/" if len(carpetas) > 1 and carpeta.is_dir() else ""
        for ruta in _archivos(carpeta, raiz):
            if ruta.absolute() in fuera:
                continue
            nombre = ruta.name if ruta == carpeta else ruta.relative_to(carpeta).as_posix()
            if hallados.setdefault(prefijo + nombre, ruta) != ruta:
                raise UsoIncorrecto(
                    f"hay dos archivos «{prefijo + nombre}» en las rutas indicadas",
                    lugar=str(ruta),
                    hacer="indique una carpeta que los contenga a ambos",
                )
    return hallados


def _exigir_ajena(carpeta: Path, raiz: Path) -> None:
    if not carpeta.exists():
        raise NoEncontrado("la carpeta no existe", lugar=str(carpeta), hacer="revise el nombre")
    if carpeta.resolve().is_relative_to(raiz.resolve()):
        raise UsoIncorrecto(
            "esta carpeta es la del servicio: lo que hay en ella ya se lleva en el sistema",
            lugar=str(carpeta),
            esperado="la carpeta donde están los documentos por importar",
        )


def _archivos(carpeta: Path, raiz: Path) -> Iterator[Path]:
    """Los archivos, sin los que dejan los programas ni lo que cuelga de la carpeta del servicio."""
    if carpeta.is_file():
        yield carpeta
        return
    propia = raiz.resolve()
    for base, carpetas, nombres in os.walk(carpeta):
        carpetas[:] = sorted(
            c for c in carpetas if not c.startswith(".") and (Path(base) / c).resolve() != propia
        )
        for nombre in sorted(nombres):
            if not es_pasajero(nombre):
                yield Path(base) / nombre


def es_pasajero(nombre: str) -> bool:
    """Si es un archivo de paso: el aviso de que otro está abierto, una copia a medio bajar, una miniatura."""
    bajo = nombre.casefold()
    return bajo in _DE_PROGRAMAS or bajo.startswith(("~", ".")) or bajo.endswith(_PASAJEROS)


def leer(ruta: Path) -> bytes:
    """Los bytes de un archivo; EntradaInvalida si no se puede leer."""
    try:
        return ruta.read_bytes()
    except OSError as error:
        raise EntradaInvalida(
            f"el archivo no se puede leer: {causa_de(error)}",
            lugar=str(ruta),
            hacer="ciérrelo si está abierto en otro programa, o sáquelo de la carpeta, y repita la orden",
        ) from None


def _marco(vista: Vista, archivos: Sequence[Archivo], ctx: Contexto) -> Marco:
    datos = vista.leer(rutas.POR_IMPORTAR)
    declarados = {str(f["codigo"]): f for f in leer_csv(datos, PENDIENTES)} if datos else {}
    codigos = {a.leido.codigo[0].valor for a in archivos if a.leido.codigo}
    existentes: dict[str, Ficha] = {}
    usados = set(vista.codigos())
    for codigo in sorted(codigos & usados):
        existentes[codigo] = vista.ficha(codigo)
    return Marco(vista.servicio, declarados, existentes, ctx.ahora(vista).date())


def _con_formatos(
    filas: Sequence[Fila], hallados: Mapping[str, Path], lenguaje: Lenguaje
) -> tuple[tuple[Fila, ...], tuple[Mapping[str, str], ...]]:
    """Las filas con su formato numerado («F1»), y dónde está cada dato en cada formato."""
    familias: dict[str, list[Fila]] = {}
    for fila in filas:
        if fila.familia and fila.decision == IMPORTAR:
            familias.setdefault(fila.familia, []).append(fila)
    claves = {huella: f"F{n}" for n, huella in enumerate(familias, start=1)}
    formatos = []
    for huella, suyas in familias.items():
        muestra = suyas[0]
        mapa = formato_de(leer(hallados[muestra.archivo]), muestra, lenguaje)
        formatos.append(
            {
                "formato": claves[huella],
                "documentos": str(len(suyas)),
                "ejemplo": muestra.archivo,
                **a_textos(mapa),
                "huella": huella,
            }
        )
    return tuple(f._replace(familia=claves.get(f.familia, "")) for f in filas), tuple(formatos)


def _en_orden(servicio: Servicio, filas: Sequence[Fila]) -> tuple[Fila, ...]:
    """Por área, código y versión; lo que se omite, al final de su área."""
    orden = servicio.formato.orden
    return tuple(
        sorted(
            filas,
            key=lambda f: (
                f.area == "" and f.decision == OMITIR,
                f.decision == OMITIR,
                f.codigo or "~",
                orden(f.version) if f.version else (0, 0),
                f.decision,
                f.archivo,
            ),
        )
    )


def _no_entendido(filas: Sequence[Fila]) -> tuple[tuple[str, str], ...]:
    return tuple(
        (f.archivo, "; ".join(f.problemas) or "no dice de qué documento es")
        for f in filas
        if f.decision == OMITIR and not f.codigo
    )
