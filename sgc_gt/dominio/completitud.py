"""La matriz región × objeto (N-32): de cada región que existía en el período, qué está y qué falta.

Qué se mira de cada región es la tabla `OBJETOS`, y lo que los demás tipos dicen de sí (`en_cada_region` y
`por_region`): las tablas de un documento que la nombran, o los registros archivados que son de ella.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sgc_gt.dominio.opciones import nombre_opcion
from sgc_gt.dominio.regiones import REGIONES, existentes
from sgc_gt.dominio.servicio import Tipo
from sgc_gt.dominio.tabla import Columna

ESTA, PARCIAL, FALTA = "esta", "parcial", "falta"
VISIBLES: Mapping[str, str] = {ESTA: "Sí", PARCIAL: "En parte", FALTA: "Falta"}
TODAS = "todas"


class Objeto(NamedTuple):
    """Una columna: el objeto, de qué tipo o serie sale, y las tablas que deben nombrar a la región."""

    clave: str
    titulo: str
    tipo: str
    serie: str = ""
    tablas: tuple[str, ...] = ()
    perdura: bool = False
    """Vale también el de un período anterior: un acuerdo rige hasta que se cambia."""
    con_gore: bool = False  # se hace con el gobierno regional


OBJETOS: tuple[Objeto, ...] = (
    Objeto(
        "diagnostico",
        "Diagnóstico",
        "diagnostico",
        tablas=("caracteristicas", "complementariedad", "distribucion", "informacion_regional"),
    ),
    Objeto("plan", "Objetivo del Plan", "plan", tablas=("objetivos_regionales",)),
    Objeto("programa", "Programa", "programa", tablas=("actividades", "responsables_regionales")),
    Objeto("acuerdo", "Acuerdo GORE", "acuerdo_gore", "RG-GT-05", perdura=True, con_gore=True),
    Objeto("entregas", "Entregas", "entrega_informacion", "RG-GT-07", con_gore=True),
    Objeto("medicion", "Medición", "medicion_indicadores", "RG-GT-04"),
    Objeto("difusion", "Difusión", "evidencia_difusion", "RG-GT-09"),
)


def objetos_de(tipos: Iterable[Tipo], *, es_gore: bool = False) -> tuple[Objeto, ...]:
    """Las columnas del servicio: las de Gestión Territorial que lleva, y las que sus demás tipos dicen.

    A un gobierno regional no se le pide un acuerdo, ni entregas, consigo mismo.
    """
    propios = {t.id: t for t in tipos}
    conocidos = {o.tipo for o in OBJETOS}
    otros = (t for t in propios.values() if t.id not in conocidos and (t.en_cada_region or t.por_region))
    return (
        *(
            o._replace(tablas=propios[o.tipo].en_cada_region or o.tablas)
            for o in OBJETOS
            if o.tipo in propios and not (es_gore and o.con_gore)
        ),
        *(Objeto(t.id, t.nombre, t.id, t.serie, t.en_cada_region) for t in otros),
    )


class Fuente(NamedTuple):
    """Un documento que rige o un registro archivado: de qué año es, de qué región, y sus datos."""

    codigo: str
    anio: int
    datos: Mapping[str, Any] = {}
    region: str = ""


class Casilla(NamedTuple):
    """Lo que hay de un objeto en una región."""

    estado: str
    respaldo: tuple[str, ...] = ()
    detalle: str = ""

    def a_dict(self) -> dict[str, Any]:
        """Con las claves del contrato."""
        return {"estado": self.estado, "respaldo": list(self.respaldo), "detalle": self.detalle}

    @property
    def visible(self) -> str:
        """Lo que se lee en la pantalla y en el libro."""
        parcial = self.estado == PARCIAL
        return f"{VISIBLES[self.estado]}: {self.detalle}" if parcial else VISIBLES[self.estado]


class FilaRegion(NamedTuple):
    """Una región con sus casillas, por la clave del objeto."""

    region: str
    casillas: Mapping[str, Casilla]

    @property
    def falta(self) -> tuple[str, ...]:
        """Los objetos que no están del todo."""
        return tuple(c for c, casilla in self.casillas.items() if casilla.estado != ESTA)

    def a_dict(self) -> dict[str, Any]:
        """Con las claves del contrato."""
        propia = REGIONES[self.region]
        return {
            "region": self.region,
            "nombre": propia.nombre,
            "desde": propia.desde or None,
            "objetos": {clave: c.a_dict() for clave, c in self.casillas.items()},
            "falta": list(self.falta),
        }

    def a_fila(self) -> dict[str, object]:
        """Con lo que se lee."""
        return {
            "region": f"{self.region} {REGIONES[self.region].nombre}",
            **{c: casilla.visible for c, casilla in self.casillas.items()},
        }


def columnas(objetos: Iterable[Objeto] = OBJETOS) -> tuple[Columna, ...]:
    """Las de la matriz."""
    return (Columna("region", "Región", ancho=30), *(Columna(o.clave, o.titulo, ancho=22) for o in objetos))


def completitud(
    regiones: Iterable[str],
    anio: int,
    fuentes: Mapping[str, Sequence[Fuente]],
    objetos: Sequence[Objeto] = OBJETOS,
) -> tuple[FilaRegion, ...]:
    """Una fila por región que existía en el año, de norte a sur; `fuentes`, por la clave del objeto."""
    propias = existentes(regiones, anio)
    return tuple(
        FilaRegion(r, {o.clave: _casilla(o, r, anio, fuentes.get(o.clave, ()), propias) for o in objetos})
        for r in propias
    )


def _casilla(
    objeto: Objeto, region: str, anio: int, fuentes: Sequence[Fuente], regiones: Sequence[str]
) -> Casilla:
    de_ahora = [f for f in fuentes if f.anio == anio or (objeto.perdura and f.anio <= anio)]
    if not de_ahora:
        ultima = max(fuentes, key=lambda f: f.anio, default=None)
        detalle = f"lo último es {ultima.codigo}, de {ultima.anio}" if ultima and ultima.anio < anio else ""
        return Casilla(FALTA, (), detalle)
    return _de_tablas(objeto, region, de_ahora, regiones) if objeto.tablas else _de_registros(
        region, de_ahora, regiones
    )  # fmt: skip


def _de_tablas(objeto: Objeto, region: str, fuentes: Sequence[Fuente], regiones: Sequence[str]) -> Casilla:
    codigos = tuple(f.codigo for f in fuentes)
    sin_ella = [
        tabla
        for tabla in objeto.tablas
        if not any(region in nombradas(f.datos.get(tabla), regiones) for f in fuentes)
    ]
    if not sin_ella:
        return Casilla(ESTA, codigos)
    if len(sin_ella) == len(objeto.tablas):
        return Casilla(FALTA)
    return Casilla(PARCIAL, codigos, f"sin {', '.join(nombre_opcion(t).lower() for t in sin_ella)}")


def _de_registros(region: str, fuentes: Sequence[Fuente], regiones: Sequence[str]) -> Casilla:
    suyos = tuple(
        f.codigo
        for f in fuentes
        if f.region == region or (not f.region and region in nombradas(f.datos, regiones))
    )
    if suyos:
        return Casilla(ESTA, suyos)
    de_nadie = [f.codigo for f in fuentes if not f.region and not nombradas(f.datos, regiones)]
    return Casilla(FALTA, (), f"{', '.join(de_nadie)} no dice de qué región es" if de_nadie else "")


def nombradas(datos: Any, regiones: Sequence[str]) -> set[str]:
    """Las regiones que unos datos nombran: `region` de una fila, o `regiones`, que pueden ser todas.

    Una fila que dice `sin_dato` no informa a su región.
    """
    if isinstance(datos, Mapping):
        if datos.get("sin_dato"):
            return set()
        dichas: set[str] = set()
        for clave, valor in datos.items():
            if clave in ("region", "regiones"):
                dichas |= _dichas(valor, regiones)
            else:
                dichas |= nombradas(valor, regiones)
        return dichas
    if isinstance(datos, (list, tuple)):
        return {r for d in datos for r in nombradas(d, regiones)}
    return set()


def _dichas(valor: Any, regiones: Sequence[str]) -> set[str]:
    if valor == TODAS:
        return set(regiones)
    return {str(v) for v in valor} if isinstance(valor, list) else {str(valor)}
