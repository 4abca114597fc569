"""La etapa 6.2.5: qué procedimiento se modifica o se crea por cada producto, quién, cuándo y hasta dónde va.

Un producto con perspectiva territorial dentro del SGC pide modificar los procedimientos existentes (EST-1);
uno fuera, crear uno documentado (EST-2), que se controla igual y se marca «fuera del alcance de
certificación» (I-24). Decide el producto, no que el documento sea nuevo. Los productos salen del Diagnóstico;
los compromisos, del Programa; los hechos, de los movimientos de cada documento. Un producto sin procedimiento
asignado es la alerta N-34.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from sgc_gt.dominio import actos as tabla
from sgc_gt.dominio.fechas import ultimo_dia
from sgc_gt.dominio.ficha import Ficha, Movimiento
from sgc_gt.dominio.situacion import Situacion, Version, situacion
from sgc_gt.dominio.tabla import FECHA, Columna

CON_PERSPECTIVA = ("incorpora", "profundiza")
MODIFICAR, CREAR = "modificar", "crear"
DENTRO, FUERA = "EST-1", "EST-2"
"""Qué pide la guía de un producto que está en el SGC y de uno que no."""
ALERTA = "N-34"
FUERA_DE_ALCANCE = "fuera del alcance de certificación"

SIN_PROCEDIMIENTO, NO_INICIADO, BORRADOR, EN_CIRCUITO, POR_REGIR, CUMPLIDO = (
    "sin_procedimiento",
    "no_iniciado",
    "borrador",
    "en_circuito",
    "por_regir",
    "cumplido",
)
ESTADOS = {
    SIN_PROCEDIMIENTO: "Sin procedimiento asignado",
    NO_INICIADO: "No iniciado",
    BORRADOR: "Borrador",
    EN_CIRCUITO: "En el circuito",
    POR_REGIR: "Emitido, por regir",
    CUMPLIDO: "Cumplido",
}
CONTADOS = {
    SIN_PROCEDIMIENTO: ("sin procedimiento asignado", "sin procedimiento asignado"),
    NO_INICIADO: ("no iniciado", "no iniciados"),
    BORRADOR: ("en borrador", "en borrador"),
    EN_CIRCUITO: ("en el circuito", "en el circuito"),
    POR_REGIR: ("por regir", "por regir"),
    CUMPLIDO: ("cumplido", "cumplidos"),
}
"""Los mismos estados después de un número: uno y varios."""
HECHO = "hecho"
"""El enlace de lo que se abrió por un producto sin que el Programa lo comprometa."""
ACCIONES = {MODIFICAR: "Modificar", CREAR: "Crear"}

COLUMNAS = (
    Columna("producto", "Producto", ancho=8),
    Columna("nombre", "Nombre", ancho=26),
    Columna("accion", "Acción", ancho=14),
    Columna("documento", "Documento", ancho=14),
    Columna("responsable", "Responsable", ancho=22),
    Columna("plazo", "Plazo", FECHA, 12),
    Columna("estado", "Estado", ancho=24),
)


class Producto(NamedTuple):
    """Un producto estratégico según el Diagnóstico vigente."""

    id: str
    nombre: str = ""
    en_sgc: bool = False
    clase: str = ""


class Compromiso(NamedTuple):
    """Lo que el Programa vigente compromete por un producto."""

    producto: str
    accion: str
    documento: str = ""  # código; vacío si todavía no tiene
    titulo: str = ""
    responsable: str = ""
    plazo: date | None = None  # el último día del mes comprometido


class Documento(NamedTuple):
    """Un documento visto en la fecha, con los productos por los que se abrió cada versión."""

    situacion: Situacion
    productos: Mapping[str, tuple[str, ...]] = {}  # versión → productos


class FilaEstandarizacion(NamedTuple):
    """Un producto y un documento que debe cambiar o existir por él."""

    producto: str
    nombre: str
    en_sgc: bool
    clase: str
    accion: str  # modificar | crear
    documento: str
    titulo: str
    responsable: str  # cargo
    plazo: date | None
    estado: str  # una clave de ESTADOS
    atrasado: bool
    version: str  # la que cumple, o la que está en camino
    desde: date | None  # desde cuándo rige la que cumple
    enlace: str  # plan | hecho | ambos; vacío si nadie lo asignó
    requisito: str  # DENTRO | FUERA
    alerta: str = ""  # N-34
    en_diagnostico: bool = True
    """Si el Diagnóstico vigente dice que el producto lleva perspectiva territorial."""

    @property
    def fuera_de_alcance(self) -> bool:
        """Si el procedimiento queda fuera de lo que se certifica, aunque se controle igual."""
        return self.requisito == FUERA

    def a_dict(self) -> dict[str, Any]:
        """Las claves del contrato, con fechas como texto."""
        valores = {k: v.isoformat() if isinstance(v, date) else v for k, v in self._asdict().items()}
        return {**valores, "fuera_de_alcance": self.fuera_de_alcance}


def productos_de(datos: Mapping[str, Any]) -> tuple[Producto, ...]:
    """Los productos de los datos de un Diagnóstico; lo que no tiene identificador se pasa por alto."""
    return tuple(
        Producto(str(p["id"]), str(p.get("nombre", "")), p.get("en_sgc") is True, str(p.get("clase", "")))
        for p in _mapas(datos.get("productos"))
        if p.get("id")
    )


def compromisos_de(datos: Mapping[str, Any], anio: int) -> tuple[Compromiso, ...]:
    """Los compromisos de los datos de un Programa de ese año."""
    return tuple(
        Compromiso(
            str(c["producto"]),
            str(c.get("accion", "")),
            str(c.get("documento") or "").strip().upper(),
            str(c.get("titulo") or ""),
            str(c.get("responsable") or ""),
            ultimo_dia(c.get("plazo_mes"), c.get("plazo_anio") or anio),
        )
        for c in _mapas(datos.get("estandarizacion"))
        if c.get("producto")
    )


def _mapas(valor: object) -> Iterator[Mapping[str, Any]]:
    yield from (v for v in (valor if isinstance(valor, list) else ()) if isinstance(v, Mapping))


def documento_de(ficha: Ficha, fecha: date) -> Documento:
    """El documento en la fecha, con los productos que sus movimientos de apertura nombran."""
    marcas = {m.version: ps for m in ficha.actos if m.fecha <= fecha and (ps := productos_del_acto(m))}
    return Documento(situacion(ficha, fecha), marcas)


def productos_del_acto(m: Movimiento) -> tuple[str, ...]:
    """Los productos por los que se creó el documento o se abrió la versión."""
    return tuple(str(p) for p in m.extra.get("productos", ()))


def inicio_del_periodo(diagnostico: Situacion) -> Movimiento | None:
    """La emisión desde la que se cuenta: la primera del mismo año que la del Diagnóstico vigente.

    Corregir el Diagnóstico a medio año no deshace lo que ya se cumplió.
    """
    rige = diagnostico.vigente
    if rige is None or rige.vigente_desde is None:
        return None
    del_anio = [
        v.emision
        for v in diagnostico.versiones
        if v.emision and v.vigente_desde and v.vigente_desde.year == rige.vigente_desde.year
    ]
    return del_anio[0] if del_anio else rige.emision


def seguimiento(
    productos: Iterable[Producto],
    compromisos: Iterable[Compromiso],
    documentos: Mapping[str, Documento],
    desde: Movimiento,
    fecha: date,
) -> tuple[FilaEstandarizacion, ...]:
    """Una fila por producto y documento: lo comprometido, lo abierto por él y lo que nadie asignó.

    Sin documento comprometido ni abierto, la fila queda sin procedimiento. Al final van los compromisos por
    productos que el Diagnóstico vigente no pide: se ven, para que alguien decida.
    """
    planes = list(compromisos)
    piden = {p.id: p for p in productos if p.clase in CON_PERSPECTIVA}
    otros = {p.id: p for p in productos if p.id not in piden}
    ajenos = dict.fromkeys(c.producto for c in planes if c.producto not in piden)
    filas: list[FilaEstandarizacion] = []
    for clave in (*piden, *ajenos):
        producto = piden.get(clave) or otros.get(clave) or Producto(clave)
        propios = [c for c in planes if c.producto == clave]
        asignados = list(_asignados(producto, propios, documentos, desde))
        filas += [
            _fila(producto, c, enlace, documentos.get(c.documento), desde, fecha)._replace(
                en_diagnostico=clave in piden
            )
            for c, enlace in asignados
        ]
    return tuple(filas)


def _accion(producto: Producto) -> str:
    return MODIFICAR if producto.en_sgc else CREAR


def _asignados(
    producto: Producto, planes: list[Compromiso], documentos: Mapping[str, Documento], desde: Movimiento
) -> Iterator[tuple[Compromiso, str]]:
    """Cada compromiso con lo que se abrió por él, y lo que se abrió sin estar comprometido."""
    abiertos = [codigo for codigo, d in documentos.items() if _por_el(d, producto.id, desde)]
    sueltos = [c for c in abiertos if c not in {p.documento for p in planes}]
    for plan in planes:
        if plan.documento:
            yield plan, "ambos" if plan.documento in abiertos else "plan"
            continue
        # Un compromiso sin código lo cumple el documento que se abrió por ese producto.
        codigo = next((c for c in sueltos if _nace(documentos[c]) == (plan.accion == CREAR)), "")
        if codigo:
            sueltos.remove(codigo)
        yield plan._replace(documento=codigo), "ambos" if codigo else "plan"
    for codigo in sueltos:
        yield Compromiso(producto.id, CREAR if _nace(documentos[codigo]) else MODIFICAR, codigo), HECHO
    if not planes and not abiertos:
        yield Compromiso(producto.id, _accion(producto)), ""


def _por_el(documento: Documento, producto: str, desde: Movimiento) -> bool:
    """Si alguna versión que no se descartó se abrió por el producto desde ese Diagnóstico."""
    return any(
        producto in documento.productos.get(v.version, ())
        and v.estado != tabla.DESCARTADO
        and (v.abierta >= desde.fecha or _es_vigente(documento, v))
        for v in documento.situacion.versiones
    )


def _es_vigente(documento: Documento, v: Version) -> bool:
    return v is documento.situacion.vigente


def _nace(documento: Documento) -> bool:
    """Si el documento todavía no tiene más que su primera versión."""
    return len([v for v in documento.situacion.versiones if v.estado != tabla.DESCARTADO]) <= 1


def _fila(
    producto: Producto,
    plan: Compromiso,
    enlace: str,
    documento: Documento | None,
    desde: Movimiento,
    fecha: date,
) -> FilaEstandarizacion:
    accion = plan.accion or _accion(producto)
    estado, version = _avance(accion, documento, desde)
    if estado == NO_INICIADO and not plan.documento and (not enlace or accion == MODIFICAR):
        estado = SIN_PROCEDIMIENTO
    titulo = documento.situacion.versiones[-1].titulo if documento and documento.situacion.versiones else ""
    return FilaEstandarizacion(
        producto=producto.id,
        nombre=producto.nombre,
        en_sgc=producto.en_sgc,
        clase=producto.clase,
        accion=accion,
        documento=plan.documento,
        titulo=titulo or plan.titulo,
        responsable=plan.responsable,
        plazo=plan.plazo,
        estado=estado,
        atrasado=estado != CUMPLIDO and plan.plazo is not None and plan.plazo < fecha,
        version=version.version if version else "",
        desde=version.vigente_desde if version and estado == CUMPLIDO else None,
        enlace=enlace,
        requisito=_requisito(producto, accion),
        alerta=ALERTA if estado == SIN_PROCEDIMIENTO else "",
    )


def _requisito(producto: Producto, accion: str) -> str:
    """Lo decide el producto: uno del SGC al que se le escribe otro procedimiento sigue dentro del alcance.

    De un producto que el Diagnóstico no tiene solo se sabe qué se comprometió.
    """
    dentro = producto.en_sgc if producto.clase else accion == MODIFICAR
    return DENTRO if dentro else FUERA


def _avance(accion: str, documento: Documento | None, desde: Movimiento) -> tuple[str, Version | None]:
    """Hasta dónde va el documento, y la versión que lo dice.

    Modificar lo cumple una versión que comenzó a regir después del Diagnóstico; crear, que haya una vigente.
    """
    if documento is None:
        return NO_INICIADO, None
    s = documento.situacion
    if s.vigente and (accion == CREAR or _posterior(s.vigente, desde)):
        nuevas = [v for v in s.versiones if v.vigente_desde and _posterior(v, desde)]
        return CUMPLIDO, nuevas[0] if nuevas and accion == MODIFICAR else s.vigente
    if s.por_regir:
        return POR_REGIR, s.por_regir
    if s.abierta:
        return (BORRADOR if s.abierta.estado == tabla.BORRADOR else EN_CIRCUITO), s.abierta
    return NO_INICIADO, None


def _posterior(v: Version, desde: Movimiento) -> bool:
    """Si la versión comenzó a regir después; el mismo día, si se emitió después."""
    inicio = desde.vigente_desde or desde.fecha
    if v.vigente_desde is None or v.emision is None or v.vigente_desde < inicio:
        return False
    return v.vigente_desde > inicio or v.emision.registrado > desde.registrado


def en_palabras(fila: FilaEstandarizacion) -> str:
    """El estado de la fila para una persona: «Borrador, atrasado»; «Cumplido con la versión 02»."""
    estado = ESTADOS[fila.estado]
    if fila.estado == CUMPLIDO and fila.version:
        estado += f" con la versión {fila.version}"
    return estado + (", atrasado" if fila.atrasado else "") + (f" ({fila.alerta})" if fila.alerta else "")


def a_fila(fila: FilaEstandarizacion) -> dict[str, Any]:
    """La fila como se lee en la tabla: dos del mismo producto se distinguen por su documento o su título.

    Lo que se abrió por un producto sin que el Programa lo comprometa lo dice.
    """
    return {
        **fila._asdict(),
        "accion": ACCIONES[fila.accion] + (f", {FUERA_DE_ALCANCE}" if fila.fuera_de_alcance else ""),
        "documento": fila.documento or (f"«{fila.titulo}»" if fila.titulo else ""),
        "estado": en_palabras(fila) + (", no está en el Programa" if fila.enlace == HECHO else ""),
    }


def resumen(filas: Iterable[FilaEstandarizacion]) -> str:
    """Una línea: cuántos van en cada estado y cuántos están atrasados; vacío si no hay filas."""
    todas = list(filas)
    cuentas = [(sum(f.estado == estado for f in todas), *palabras) for estado, palabras in CONTADOS.items()]
    cuentas.append((sum(f.atrasado for f in todas), "atrasado", "atrasados"))
    return ", ".join(f"{n} {uno if n == 1 else varios}" for n, uno, varios in cuentas if n)
