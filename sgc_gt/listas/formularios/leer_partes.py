"""Leer una hoja del formulario: los datos de una ficha o las filas de una tabla, con el lugar de cada uno."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sgc_gt.config.lugares import Ruta
from sgc_gt.dominio.textos import cita
from sgc_gt.errores import Problema
from sgc_gt.listas.formularios.celdas import Nombres, como_texto, nombre_region
from sgc_gt.listas.formularios.hojas import HojaLeida, Sitio
from sgc_gt.listas.formularios.lectura_celdas import NoSeEntiende, de_celda, limpiar
from sgc_gt.listas.formularios.modelo import ANTES, Senas
from sgc_gt.listas.formularios.partes import MADRE, NUMERADA, Campo, Parte, bajar

RESPUESTA = 3
"""La columna de la respuesta en una ficha (C)."""


_N = Campo(("n",), "N°", {"type": "integer"})


class Lectura:
    """Lo que se va juntando al leer un formulario."""

    def __init__(self, nombres: Nombres, senas: Senas) -> None:
        self.nombres = nombres
        self.senas = senas
        self.problemas: list[Problema] = []
        self.avisos: list[str] = []
        self.rotas: set[str] = set()
        """Las tablas que no se pudieron leer: de sus hijas no se dice nada."""
        self.lugares: dict[Ruta, str] = {}


class FilaLeida:
    """Una fila: su valor, dónde está, y cómo se llama ante sus hijas y ante su madre."""

    def __init__(self, valor: Any, lugar: str) -> None:
        self.valor = valor
        self.lugar = lugar
        self.lugares: dict[Ruta, str] = {}
        self.llave = ""
        self.madre = ""
        self.ruta: Ruta = ()


def leer_ficha(hoja: HojaLeida, parte: Parte, datos: dict[str, Any], lectura: Lectura) -> None:
    """Los datos de una hoja de rótulo y valor, puestos en su lugar."""
    filas = set()
    for campo in parte.campos:
        sitio = _sitio(hoja, parte, campo.clave, lectura)
        if sitio is None:
            lectura.problemas.append(
                Problema(
                    f"falta la fila «{campo.titulo}»", hoja.lugar(1, 1), hacer="pida el formulario de nuevo"
                )
            )
            continue
        columna = sitio.columna + RESPUESTA - 1
        filas.add((sitio.fila, columna))
        ruta = (*parte.ruta, *campo.ruta)
        lectura.lugares[ruta] = hoja.lugar(sitio.fila, columna)
        valor = _leer(hoja, sitio.fila, columna, campo, lectura)
        if valor is not None:
            destino = datos
            for paso in ruta[:-1]:
                destino = destino.setdefault(paso, {})
            destino[ruta[-1]] = valor


def _sitio(hoja: HojaLeida, parte: Parte, clave: str, lectura: Lectura) -> Sitio | None:
    """Dónde está marcado ese dato; un problema si lo está dos veces."""
    sitios = hoja.marcas.get(f"{parte.clave}|{clave}", [])
    if len(sitios) > 1:
        lectura.problemas.append(
            Problema("esta fila o columna está repetida", hoja.lugar(*sitios[1]), hacer="borre la copia")
        )
    return sitios[0] if sitios else None


def _leer(hoja: HojaLeida, fila: int, columna: int, campo: Campo, lectura: Lectura) -> Any:
    """El dato de una celda; None si está vacía o no se entiende, y entonces queda dicho por qué."""
    visto = hoja.ver(fila, columna)
    if isinstance(visto, Problema):
        lectura.problemas.append(visto)
        return None
    try:
        return de_celda(campo, visto.valor, visto.formato, lectura.nombres)
    except NoSeEntiende as error:
        esperado = f"; se espera {error.esperado}" if error.esperado else ""
        lectura.problemas.append(
            Problema(f"{campo.titulo}: {error.mensaje}{esperado}", hoja.lugar(fila, columna), error.esperado)
        )
        return None


def leer_tabla(
    hoja: HojaLeida, parte: Parte, todas: Mapping[str, Parte], lectura: Lectura
) -> list[FilaLeida]:
    """Las filas de la tabla, en orden; las vacías se saltan."""
    claves = [*([NUMERADA] if parte.numerada else []), *([MADRE] if parte.madre else [])]
    sitios = {c: _sitio(hoja, parte, c, lectura) for c in [*claves, *(c.clave for c in parte.campos)]}
    faltan = [c for c, s in sitios.items() if s is None]
    if faltan:
        lectura.rotas.add(parte.clave)
        titulos = ", ".join(_titulo(parte, c) for c in faltan)
        lectura.problemas.append(
            Problema(f"falta la columna {titulos}", hoja.lugar(1, 1), hacer="pida el formulario de nuevo")
        )
        return []
    columnas = {s.columna: c for c, s in sitios.items() if s is not None}
    primera = _primera(hoja, parte, sitios, columnas)
    filas, llaves = [], dict[str, str]()
    for numero in hoja.filas_desde(primera):
        if fila := _fila(hoja, numero, parte, columnas, lectura):
            _llamar(hoja, numero, (parte, todas.get(parte.madre)), fila, columnas, lectura)
            if fila.llave and fila.llave in llaves:
                lectura.problemas.append(
                    Problema(f"«{fila.llave}» ya está en otra fila ({llaves[fila.llave]})", fila.lugar)
                )
            llaves.setdefault(fila.llave, fila.lugar.rpartition(" ")[2])
            filas.append(fila)
    lectura.avisos.extend(_fuera(hoja, parte, primera, columnas))
    return filas


def _titulo(parte: Parte, clave: str) -> str:
    campo = parte.campo(clave)
    return f"«{campo.titulo}»" if campo else "«N°»" if clave == NUMERADA else "que dice a qué fila pertenece"


def _primera(
    hoja: HojaLeida, parte: Parte, sitios: Mapping[str, Sitio | None], columnas: Mapping[int, str]
) -> int:
    """La fila bajo el encabezado, dondequiera que haya quedado."""
    marca = max(s.fila for s in sitios.values() if s is not None)
    for fila in range(marca + 1, marca + 6):
        for columna, clave in columnas.items():
            campo, celda = parte.campo(clave), hoja.celdas.get((fila, columna))
            if campo and celda is not None and celda.value == campo.rotulo:
                return fila + 1
    return marca + 2


def _fila(
    hoja: HojaLeida, numero: int, parte: Parte, columnas: Mapping[int, str], lectura: Lectura
) -> FilaLeida | None:
    """La fila, o None si no dice nada."""
    vistas = {clave: hoja.ver(numero, columna) for columna, clave in columnas.items()}
    dicen = {c for c, v in vistas.items() if isinstance(v, Problema) or limpiar(v.valor) not in (None, "")}
    sembrada = parte.clave in lectura.senas.sembradas or bool(lectura.senas.region)
    if not dicen - ({"region", MADRE, NUMERADA} if sembrada else {NUMERADA} if parte.numerada else set()):
        return None
    if rango := hoja.combinada_a_lo_ancho(numero, columnas):
        lectura.problemas.append(
            Problema(
                f"las celdas {rango} están combinadas y juntan datos distintos",
                hoja.lugar(numero, min(columnas)),
                hacer="sepárelas y escriba cada dato en su columna",
            )
        )
        return None
    columna_de = {clave: columna for columna, clave in columnas.items()}
    fila = FilaLeida({}, hoja.lugar(numero, min(columnas)))
    for campo in parte.campos:
        columna = columna_de[campo.clave]
        fila.lugares[campo.ruta] = hoja.lugar(numero, columna)
        valor = _leer(hoja, numero, columna, campo, lectura)
        if parte.escalar:
            fila.valor = valor
        elif valor is not None:
            destino = fila.valor
            for paso in campo.ruta[:-1]:
                destino = destino.setdefault(paso, {})
            destino[campo.ruta[-1]] = valor
    if parte.escalar and fila.valor is None:
        return None
    if MADRE in columna_de:
        fila.lugares[(MADRE,)] = hoja.lugar(numero, columna_de[MADRE])
    return _de_su_region(parte, fila, lectura)


def _de_su_region(parte: Parte, fila: FilaLeida, lectura: Lectura) -> FilaLeida | None:
    """En el formulario de una región, cada fila es de ella; la que no lo dice, también."""
    region = lectura.senas.region
    if not region or not parte.regional:
        return fila
    dicha = fila.valor.get("region")
    if dicha in (None, region):
        con_region = {**fila.valor, "region": region}
        fila.valor = {c.ruta[0]: con_region[c.ruta[0]] for c in parte.campos if c.ruta[0] in con_region}
        return fila
    lectura.problemas.append(
        Problema(
            f"esta fila es de {nombre_region(dicha)}, y el formulario es de {nombre_region(region)}",
            fila.lugares[("region",)],
            hacer="quite la fila: cada región escribe las suyas en su propio formulario",
        )
    )
    return None


def _llamar(
    hoja: HojaLeida,
    numero: int,
    de: tuple[Parte, Parte | None],
    fila: FilaLeida,
    columnas: Mapping[int, str],
    lectura: Lectura,
) -> None:
    """Cómo se llama la fila ante sus hijas, y a qué fila de su madre dice pertenecer."""
    parte, madre = de
    columna_de = {clave: columna for columna, clave in columnas.items()}
    if parte.llave:
        fila.llave = como_texto(bajar(fila.valor, (parte.llave,)) or "")
    if NUMERADA in columna_de:
        fila.llave = como_texto(_leer(hoja, numero, columna_de[NUMERADA], _N, lectura) or "")
    if madre is not None and MADRE in columna_de:
        campo = madre.campo(madre.llave) or _N
        fila.madre = como_texto(_leer(hoja, numero, columna_de[MADRE], campo, lectura) or "")


def _fuera(hoja: HojaLeida, parte: Parte, primera: int, columnas: Mapping[int, str]) -> Iterator[str]:
    """Lo escrito junto a la tabla: no es un dato, y se dice que no se leyó."""
    propias = {*columnas, *(s.columna for s in hoja.marcas.get(f"{parte.clave}|{ANTES}", ()))}
    ajenas = sorted((c, f) for f, c in hoja.con_algo() if f >= primera and c not in propias)
    vistas = set()
    for columna, fila in ajenas:
        if columna not in vistas:
            vistas.add(columna)
            texto = cita(como_texto(hoja.celdas[fila, columna].value), 40)
            yield f"{hoja.lugar(fila, columna)}: {texto} está fuera de la tabla y no se lee"
