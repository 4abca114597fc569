"""La conciliación de la sección 9: los registros que piden los procedimientos vigentes, contra lo archivado.

ISO 9001:2008 4.2.4; 2015 7.5.3.2. Los atributos que un procedimiento deja en blanco se completan con los
de la serie; lo que ni uno ni otra dicen queda nombrado en `sin_definir`. Se concilia en los dos sentidos:
lo pedido que no está y lo archivado que nadie pide.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from sgc_gt.dominio.filas import retencion
from sgc_gt.dominio.periodos import solo_anio
from sgc_gt.dominio.retencion import Plazo, leer_plazo
from sgc_gt.dominio.servicio import Serie
from sgc_gt.dominio.tabla import FECHA, NUMERO, Columna
from sgc_gt.dominio.textos import comparable
from sgc_gt.dominio.vida import conserva_siempre

CONCILIACION = (
    Columna("codigo", "Código", ancho=14),
    Columna("nombre", "Registro", ancho=34),
    Columna("procedimiento", "Lo pide", ancho=14),
    Columna("retencion", "Retención", ancho=14),
    Columna("presentes", "Hay", NUMERO, 6),
    Columna("ultimo", "Último", FECHA, 12),
    Columna("observaciones", "Observaciones", ancho=40),
)

ATRIBUTOS = ("responsable", "almacenamiento", "proteccion", "recuperacion", "retencion", "disposicion")

ARCHIVA, REFERENCIA, MUESTREA, OCASIONAL = MODOS = ("archiva", "referencia", "muestrea", "ocasional")
"""Cómo se controla lo de una serie: cada registro entra aquí, se dice dónde vive, o entra una muestra."""
MODOS_EN_PALABRAS = {
    ARCHIVA: "se archiva aquí",
    REFERENCIA: "se referencia: vive en otro lugar",
    MUESTREA: "se muestrea",
    OCASIONAL: "se archiva cuando ocurre",
}
EN_PALABRAS = {
    "responsable": "responsable",
    "almacenamiento": "almacenamiento",
    "proteccion": "protección",
    "recuperacion": "recuperación",
    "retencion": "retención",
    "disposicion": "disposición",
}


class PedidoRegistro(NamedTuple):
    """Un registro que la sección 9 de un procedimiento dice que debe existir."""

    procedimiento: str
    codigo: str
    nombre: str = ""
    responsable: str = ""
    almacenamiento: str = ""
    proteccion: str = ""
    recuperacion: str = ""
    retencion: str = ""
    disposicion: str = ""
    soporte: str = ""
    acceso: str = ""
    modo: str = ""  # uno de MODOS; vacío: lo que diga la serie
    origen: str = ""  # word | datos: de dónde se leyó
    seccion: str = ""  # número de la sección que lo pide, si se leyó del documento
    ancla: str = ""  # el texto exacto de la celda o de la línea que lo nombra


class Instancia(NamedTuple):
    """Un registro archivado, o la versión emitida de un documento que vale como el de su período."""

    codigo: str
    periodo: str = ""  # «2026», o más fino: «2026-03», «2026-T1»
    region: str = ""
    fecha: date | None = None
    titulo: str = ""
    version: str = ""
    referencia: str = ""  # dónde está: carpeta, archivo o ubicación física
    dispuesto: str = ""  # el acto por el que ya no está; vacío si se conserva
    suspendido: str = ""  # por qué no corre su retención; vacío si corre
    correcciones: tuple[str, ...] = ()  # las que recibió y las que hace, en oraciones
    prorroga: date | None = None  # hasta cuándo se prorrogó su retención
    cuenta_en: str = ""  # el año en que se escribió, si es para el que sigue


class FilaRegistro(NamedTuple):
    """Un registro pedido, lo que hay y lo que falta para el período."""

    codigo: str
    nombre: str
    procedimiento: str
    responsable: str
    almacenamiento: str
    proteccion: str
    recuperacion: str
    retencion: str
    disposicion: str
    presentes: tuple[Instancia, ...] = ()
    falta: tuple[str, ...] = ()  # oraciones; vacío: no falta nada del período
    sin_definir: tuple[str, ...] = ()  # atributos de control que nadie dice
    soporte: str = ""
    acceso: str = ""
    modo: str = ARCHIVA
    origen: str = ""  # word | datos; vacío si ningún procedimiento lo pide
    pedido: bool = True  # si algún procedimiento vigente lo pide
    vencidos: tuple[Instancia, ...] = ()  # de cualquier período: cumplieron su retención y se conservan
    permanecen: tuple[Instancia, ...] = ()  # la cumplieron y se quedan: versiones, y series que se conservan
    catalogo_difiere: tuple[str, ...] = ()  # atributos en que el procedimiento y el catálogo no coinciden
    dispuestos: tuple[Instancia, ...] = ()  # los del período que ya no están, con el acto que lo explica
    suspendidos: tuple[Instancia, ...] = ()  # de cualquier período: con la retención suspendida


def pedidos_de(procedimiento: str, registros: Iterable[Mapping[str, object]]) -> tuple[PedidoRegistro, ...]:
    """Los pedidos de un procedimiento desde `datos.registros`; se pasan por alto las claves ajenas."""
    campos = [c for c in PedidoRegistro._fields if c not in ("procedimiento", "origen", "seccion", "ancla")]
    pedidos = (
        PedidoRegistro(procedimiento, **{c: _texto(registro.get(c)) for c in campos})
        for registro in registros
    )
    # En los datos la retención es un número de años.
    return tuple(
        p._replace(retencion=retencion(int(p.retencion))) if p.retencion.isdecimal() else p for p in pedidos
    )


def conciliar(
    pedidos: Iterable[PedidoRegistro],
    series: Mapping[str, Serie],
    presentes: Mapping[str, Sequence[Instancia]],
    periodo: str = "",
    nombrar: Callable[[str], str] = str,
    fecha: date | None = None,
) -> tuple[FilaRegistro, ...]:
    """Una fila por registro pedido, en el orden de los pedidos, y después una por serie que nadie pide.

    Un pedido sin código se busca en el catálogo por su nombre. Sin `periodo` cuentan todas las instancias.
    `nombrar` da el título de un cargo: se aplica a quien responde por el registro. Con `fecha` se dice
    además qué registros, de cualquier período, cumplieron su retención.
    """
    vistos = {codigo: _Hallados(todos, periodo, fecha) for codigo, todos in presentes.items()}
    filas = []
    for pedido, serie in con_serie(pedidos, series):
        codigo = pedido.codigo or (serie.codigo if serie else "")
        filas.append(_fila(pedido, codigo, serie, vistos.get(codigo) or _Hallados((), periodo, fecha)))
    pedidas = {fila.codigo for fila in filas}
    for codigo, hallados in vistos.items():
        if codigo not in pedidas:
            fila = _fila(PedidoRegistro("", codigo), codigo, series.get(codigo), hallados)
            if fila.presentes or fila.vencidos or fila.permanecen or fila.dispuestos:
                filas.append(fila._replace(pedido=False, falta=()))
    return tuple(fila._replace(responsable=nombrar(fila.responsable)) for fila in filas)


def del_periodo(instancia: Instancia, periodo: str) -> bool:
    """Si la instancia es de ese período o de una parte de él; sin período propio vale el de su fecha."""
    de_su_fecha = instancia.fecha.isoformat() if instancia.fecha else ""
    propio = instancia.cuenta_en or instancia.periodo or de_su_fecha
    return not periodo or propio == periodo or propio.startswith(f"{periodo}-")


def fila_conciliada(fila: FilaRegistro) -> dict[str, object]:
    """La fila para mostrar: cuántos hay y cuándo fue el último, en vez de cada uno."""
    fechas = [i.fecha for i in fila.presentes if i.fecha]
    return {
        **fila._asdict(),
        "presentes": len(fila.presentes),
        "ultimo": max(fechas, default=None),
        "falta": "; ".join(fila.falta),
        "observaciones": "; ".join(_observaciones(fila)),
    }


def _observaciones(fila: FilaRegistro) -> Iterator[str]:
    """Lo que hay que saber de la fila, en palabras; nada si todo está en orden."""
    if not fila.pedido:
        yield "ningún procedimiento vigente lo pide"
    yield from fila.falta
    if fila.modo != ARCHIVA:
        yield MODOS_EN_PALABRAS[fila.modo]
    faltan = [a for a in fila.sin_definir if a in ATRIBUTOS]
    if "serie" in fila.sin_definir and fila.codigo:
        yield "no está en el catálogo de series"
    if faltan == list(ATRIBUTOS):
        yield "sin ningún atributo de control"
    elif faltan:
        yield "sin " + ", ".join(EN_PALABRAS[a] for a in faltan)
    if "retencion" in fila.catalogo_difiere:
        yield "el catálogo dice otra retención"
    if fila.vencidos:
        cuantos = len(fila.vencidos)
        yield ("uno" if cuantos == 1 else str(cuantos)) + " con la retención cumplida"
    if fila.permanecen:
        cuantos = len(fila.permanecen)
        cumplio = "uno cumplió su retención y se conserva" if cuantos == 1 else ""
        yield cumplio or f"{cuantos} cumplieron su retención y se conservan"
    if fila.suspendidos:
        cuantos = len(fila.suspendidos)
        yield ("uno" if cuantos == 1 else str(cuantos)) + " con la retención suspendida"
    yield from (f"{i.codigo} {i.dispuesto}" for i in fila.dispuestos)
    yield from (f"{i.codigo}: {c}" for i in fila.presentes for c in i.correcciones)


class _Hallados:
    """Lo archivado en una serie, en un período y una fecha: una vez, aunque muchos lo pidan."""

    def __init__(self, todos: Sequence[Instancia], periodo: str, fecha: date | None) -> None:
        self._todos, self.periodo, self._fecha = todos, periodo, fecha
        propios = [i for i in todos if del_periodo(i, periodo)]
        self.presentes = tuple(i for i in propios if not i.dispuesto)
        self.dispuestos = tuple(i for i in propios if i.dispuesto)
        self.suspendidos = tuple(i for i in todos if i.suspendido)
        self._cumplidos: dict[str, tuple[Instancia, ...]] = {}

    def vencidos(self, retencion_: str, serie: Serie | None) -> tuple[Instancia, ...]:
        """Los que cumplieron su retención y esperan su disposición.

        No la esperan una versión emitida, que es de la historia, ni lo de una serie que se conserva.
        """
        siempre = conserva_siempre(serie)
        return () if siempre else tuple(i for i in self._los_cumplidos(retencion_) if not i.version)

    def permanecen(self, retencion_: str, serie: Serie | None) -> tuple[Instancia, ...]:
        """Los que cumplieron su retención y se conservan igual."""
        siempre = conserva_siempre(serie)
        return tuple(i for i in self._los_cumplidos(retencion_) if siempre or i.version)

    def _los_cumplidos(self, retencion_: str) -> tuple[Instancia, ...]:
        """Los que nada detiene y cumplieron su retención, contada desde el cierre del año de cada uno."""
        if retencion_ not in self._cumplidos:
            plazo = leer_plazo(retencion_)
            self._cumplidos[retencion_] = tuple(i for i in self._todos if self._cumplio(i, plazo))
        return self._cumplidos[retencion_]

    def _cumplio(self, i: Instancia, plazo: Plazo) -> bool:
        if i.dispuesto or i.suspendido or self._fecha is None:
            return False
        fin = plazo.cumplido(_anio(i) or self._fecha.year)
        return fin is not None and max(fin, i.prorroga or fin) < self._fecha


def _anio(instancia: Instancia) -> int | None:
    """El año de un registro: el de su período, o el de su fecha si no lo dice."""
    anio = int(solo_anio(instancia.periodo) or 0)
    return anio or (instancia.fecha.year if instancia.fecha else None)


def _fila(pedido: PedidoRegistro, codigo: str, serie: Serie | None, hallados: _Hallados) -> FilaRegistro:
    atributos: dict[str, Any] = {
        a: getattr(pedido, a) or _de_serie(serie, a) for a in (*ATRIBUTOS, "soporte", "acceso")
    }
    modo = pedido.modo or _de_serie(serie, "modo") or ARCHIVA
    sin_definir = tuple(a for a in ATRIBUTOS if not atributos[a])
    if serie is None:
        sin_definir = ("serie", *sin_definir)
    return FilaRegistro(
        codigo=codigo,
        nombre=pedido.nombre or (serie.nombre if serie else ""),
        procedimiento=pedido.procedimiento,
        **atributos,
        presentes=hallados.presentes,
        falta=_faltas(codigo, modo, hallados),
        sin_definir=sin_definir,
        modo=modo,
        origen=pedido.origen,
        vencidos=hallados.vencidos(atributos["retencion"], serie),
        permanecen=hallados.permanecen(atributos["retencion"], serie),
        catalogo_difiere=_diferencias(pedido, serie),
        dispuestos=hallados.dispuestos,
        suspendidos=hallados.suspendidos,
    )


def _diferencias(pedido: PedidoRegistro, serie: Serie | None) -> tuple[str, ...]:
    """Solo la retención se compara: es un número; los demás atributos cada uno los redacta a su modo."""
    propio, catalogo = leer_plazo(pedido.retencion), leer_plazo(_de_serie(serie, "retencion"))
    return ("retencion",) if propio.meses and catalogo.meses and propio != catalogo else ()


def con_serie(
    pedidos: Iterable[PedidoRegistro], series: Mapping[str, Serie]
) -> list[tuple[PedidoRegistro, Serie | None]]:
    """Cada pedido, sin repetir, con la serie del catálogo que le toca: por su código o por su nombre."""
    por_nombre = {comparable(s.nombre): s for s in series.values()}
    return [
        (p, series.get(p.codigo) if p.codigo else por_nombre.get(comparable(p.nombre)))
        for p in dict.fromkeys(pedidos)
    ]


def _de_serie(serie: Serie | None, atributo: str) -> str:
    if serie is None:
        return ""
    if atributo == "retencion":
        return "" if serie.retencion_anios is None else retencion(serie.retencion_anios)
    return str(getattr(serie, atributo))


def _faltas(codigo: str, modo: str, hallados: _Hallados) -> tuple[str, ...]:
    if hallados.presentes or hallados.dispuestos or modo != ARCHIVA:
        return ()
    if not codigo:
        return ("sin código ni serie en el catálogo",)
    periodo = hallados.periodo
    return (f"ningún registro del período {periodo}" if periodo else "ningún registro archivado",)


def _texto(valor: object) -> str:
    return "" if valor is None else str(valor).strip()
