"""Lo que la matriz mira y lo que devuelve: lo escrito y lo abierto de un período, y sus dos filas."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from sgc_gt.dominio.estandarizacion import FilaEstandarizacion
from sgc_gt.dominio.requisitos import Objeto
from sgc_gt.dominio.servicio import Servicio, Tipo
from sgc_gt.dominio.tabla import FECHA, VERSION, Columna


class Escrito(NamedTuple):
    """Una versión en vigencia o un registro archivado, con lo que la matriz mira de él."""

    codigo: str
    tipo: str  # el de su objeto, aunque se haya archivado como llegó
    version: str = ""
    desde: date | None = None
    periodo: str = ""
    region: str = ""
    aprobacion: date | None = None
    aprueba: str = ""  # cargo
    visacion: date | None = None
    oficio: str = ""
    registro: str = ""  # su entrada en el listado de registros
    de_fuera: bool = False
    con_datos: bool = True
    blancos: Mapping[str, tuple[str, ...]] = {}  # requisito → lo que está en blanco

    def cuenta_en(self, o: Objeto) -> str:
        """El período en que responde: el suyo; lo que se escribe para el siguiente, el año en que rigió."""
        return str(self.desde.year) if o.adelanta and self.desde else self.periodo


class Abierto(NamedTuple):
    """Una versión que todavía no rige."""

    codigo: str
    tipo: str
    version: str
    estado: str


class Materia(NamedTuple):
    """Todo lo que la matriz mira, en una fecha y un período."""

    servicio: Servicio
    periodo: str
    escritos: tuple[Escrito, ...]  # del más reciente al más antiguo
    abiertos: tuple[Abierto, ...] = ()
    estandarizacion: tuple[FilaEstandarizacion, ...] = ()
    declarados: frozenset[str] = frozenset()  # tipos de que solo se conoce lo declarado al comenzar
    pedidos: Mapping[str, tuple[str, ...]] = {}  # serie → procedimientos que la piden
    nombran: Mapping[str, frozenset[str]] = {}  # tipo → los requisitos que dice responder

    def series_de(self, o: Objeto) -> tuple[str, ...]:
        """Las series del listado en que el objeto deja registro."""
        suyas = [t.serie for t in self.tipos_de(o) if t.serie] + ([o.serie] if o.serie else [])
        return tuple(dict.fromkeys(s for s in suyas if s in self.servicio.series))

    def tipos_de(self, o: Objeto) -> tuple[Tipo, ...]:
        """Los tipos del objeto que el servicio tiene."""
        tipos = self.servicio.tipos
        return tuple(tipos[t] for t in o.tipos if t in tipos)

    def de(self, tipo: str, o: Objeto) -> list[Escrito]:
        """Los de un tipo que cuentan para el objeto: los del período, si se pide cada año."""
        propios = (e for e in self.escritos if e.tipo == tipo)
        return [e for e in propios if not o.anual or e.cuenta_en(o) == self.periodo]


def de_donde(o: Objeto) -> tuple[str, ...]:
    """Los tipos que lo escriben y, si se archiva como llega, su serie."""
    return (*o.tipos, o.serie) if o.serie else o.tipos


class FilaMatriz(NamedTuple):
    """Un requisito y quién lo responde. `falta` vacío: está completo, o no se aplica."""

    sistema: str
    etapa: str
    requisito: str
    titulo: str
    objeto: str
    nombre: str
    codigo: str = ""
    version: str = ""
    aprobacion: date | None = None
    aprueba: str = ""
    visacion: date | None = None
    oficio: str = ""
    registro: str = ""
    lugar: str = ""
    otros: tuple[str, ...] = ()
    falta: str = ""
    aplica: bool = True

    def a_dict(self) -> dict[str, Any]:
        """Las claves del contrato, con fechas como texto."""
        return {k: v.isoformat() if isinstance(v, date) else v for k, v in self._asdict().items()}


class FilaObjeto(NamedTuple):
    """Un objeto y su lugar entre los registros: I-03."""

    sistema: str
    etapa: str
    objeto: str
    nombre: str
    clase: str
    tipos: tuple[str, ...]
    series: tuple[str, ...]
    lo_pide: tuple[str, ...]  # procedimientos vigentes cuya sección de registros nombra sus series
    hay: tuple[str, ...]  # códigos del período
    falta: str = ""


COLUMNAS = (
    Columna("requisito", "Requisito", ancho=9),
    Columna("titulo", "Qué pide", ancho=34),
    Columna("objeto", "Objeto", ancho=8),
    Columna("codigo", "Código", ancho=16),
    Columna("version", "Versión", VERSION, 8),
    Columna("aprobacion", "Aprobación", FECHA, 11),
    Columna("visacion", "Visación", FECHA, 11),
    Columna("registro", "Registro", ancho=16),
    Columna("falta", "Falta", ancho=36),
)
COLUMNAS_DE_ARCHIVO = (
    Columna("requisito", "Requisito", ancho=9),
    Columna("titulo", "Qué pide", ancho=28),
    Columna("objeto", "Objeto", ancho=7),
    Columna("nombre", "Nombre del objeto", ancho=20),
    Columna("codigo", "Código", ancho=13),
    Columna("version", "Versión", VERSION, 7),
    Columna("aprobacion", "Aprobación", FECHA, 11),
    Columna("aprueba", "Aprobó", ancho=14),
    Columna("visacion", "Visación", FECHA, 11),
    Columna("oficio", "Oficio", ancho=9),
    Columna("registro", "Registro", ancho=13),
    Columna("lugar", "Dónde se responde", ancho=20),
    Columna("otros", "También en", ancho=13),
    Columna("falta", "Falta", ancho=26),
)
"""Para llevar: lo mismo, con quién aprobó, el oficio y dónde se responde. Se imprime a lo ancho."""
COLUMNAS_DE_OBJETOS = (
    Columna("objeto", "Objeto", ancho=8),
    Columna("nombre", "Nombre", ancho=34),
    Columna("etapa", "Etapa", ancho=8),
    Columna("clase", "Clase", ancho=10),
    Columna("series", "Serie de registros", ancho=16),
    Columna("lo_pide", "Lo pide", ancho=16),
    Columna("hay", "En el período", ancho=24),
    Columna("falta", "Falta", ancho=36),
)
