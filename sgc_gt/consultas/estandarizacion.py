"""La etapa 6.2.5 en una fecha: los productos del Diagnóstico, lo que el Programa compromete y los hechos.

Sin Diagnóstico vigente no se lee nada. De los datos del Diagnóstico y del Programa se recuerda lo que hace
falta por el resumen de sus bytes: consultar otra vez no abre un solo YAML.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sgc_gt.consultas.estado import FilaEstado, estado
from sgc_gt.consultas.lecturas import Lecturas
from sgc_gt.contexto import Vista
from sgc_gt.dominio import actos as tabla
from sgc_gt.dominio import rutas
from sgc_gt.dominio.estandarizacion import (
    Compromiso,
    FilaEstandarizacion,
    Producto,
    compromisos_de,
    documento_de,
    inicio_del_periodo,
    productos_de,
    seguimiento,
)
from sgc_gt.dominio.ficha import Ficha
from sgc_gt.dominio.objetos import DIAGNOSTICO, PROGRAMA
from sgc_gt.dominio.origen import es_generado
from sgc_gt.dominio.periodos import anio_impreso, anio_propio
from sgc_gt.dominio.situacion import Version, situacion
from sgc_gt.dominio.textos import comparable
from sgc_gt.errores import EntradaInvalida

CLAVES = ("productos", "estandarizacion")
"""De los datos de un documento se recuerda solo esto."""
FORMATO = 1


def estandarizacion(
    vista: Vista, fecha: date, filas: Iterable[FilaEstado] | None = None
) -> tuple[FilaEstandarizacion, ...]:
    """El seguimiento en la fecha; vacío si ningún Diagnóstico rige.

    `filas` es el `estado` de esa fecha, si ya se calculó.
    """
    vivas = list(filas) if filas is not None else estado(vista, fecha)
    if not any(_rige(f, DIAGNOSTICO) for f in vivas):
        return ()
    with vista.repo.compartiendo():  # un solo proceso para todo lo que se lee
        return _seguir(vista, fecha, vivas)


def _seguir(vista: Vista, fecha: date, vivas: Sequence[FilaEstado]) -> tuple[FilaEstandarizacion, ...]:
    lecturas = Lecturas(vista.repo.raiz, f"datos-{FORMATO}")
    diagnostico = _diagnostico(vista, vivas)
    desde = inicio_del_periodo(situacion(diagnostico, fecha)) if diagnostico else None
    if diagnostico is None or desde is None:
        return ()
    productos = productos_de(_datos(vista, lecturas, diagnostico, fecha))
    compromisos = _compromisos(vista, lecturas, vivas, fecha)
    lecturas.guardar()
    nombrados = {c.documento for c in compromisos if c.documento}
    abiertos = {f.codigo for f in vivas if f.productos}
    fichas = [f for codigo in sorted(nombrados | abiertos) if (f := vista.buscar(codigo))]
    documentos = {f.codigo: documento_de(f, fecha) for f in fichas if f.actos[0].fecha <= fecha}
    # Un compromiso puede nombrar el documento por un código que tuvo antes de una reorganización.
    hoy = {anterior: f.codigo for f in fichas for anterior in f.codigos}
    compromisos = [c._replace(documento=hoy.get(c.documento, c.documento)) for c in compromisos]
    return seguimiento(productos, compromisos, documentos, desde, fecha)


def _rige(fila: FilaEstado, tipo: str) -> bool:
    return fila.tipo == tipo and fila.estado == tabla.VIGENTE


def productos_vigentes(vista: Vista, fecha: date) -> tuple[Producto, ...]:
    """Los productos que dice el Diagnóstico vigente en la fecha; vacío si no rige ninguno."""
    rige = _diagnostico(vista, estado(vista, fecha))
    lecturas = Lecturas(vista.repo.raiz, f"datos-{FORMATO}")
    return productos_de(_datos(vista, lecturas, rige, fecha)) if rige else ()


def por_que_no_hay(vista: Vista, fecha: date) -> str:
    """Por qué el seguimiento salió vacío, en una oración."""
    if _diagnostico(vista, estado(vista, fecha)) is None:
        return "Ningún Diagnóstico vigente en esa fecha."
    if not productos_vigentes(vista, fecha):
        return "El Diagnóstico vigente no trae los datos de sus productos: no se pueden seguir."
    return "El Diagnóstico vigente no tiene productos que lleven perspectiva territorial."


def _diagnostico(vista: Vista, vivas: Iterable[FilaEstado]) -> Ficha | None:
    """El Diagnóstico que rige, si hay uno."""
    codigos = [f.codigo for f in vivas if _rige(f, DIAGNOSTICO)]
    return vista.ficha(codigos[-1]) if codigos else None


def con_estandarizacion(
    filas: Sequence[FilaEstado], seguimiento_: Sequence[FilaEstandarizacion]
) -> list[FilaEstado]:
    """Las filas del `estado`, y en las de cada documento lo que debe por la etapa 6.2.5."""
    por_documento: dict[str, list[FilaEstandarizacion]] = {}
    for fila in seguimiento_:
        por_documento.setdefault(fila.documento, []).append(fila)
    return [f._replace(estandarizacion=tuple(por_documento.get(f.codigo, ()))) for f in filas]


def _compromisos(
    vista: Vista, lecturas: Lecturas, vivas: Iterable[FilaEstado], fecha: date
) -> list[Compromiso]:
    """Los de cada Programa que rige en la fecha."""
    compromisos: list[Compromiso] = []
    for fila in vivas:
        if _rige(fila, PROGRAMA):
            ficha = vista.ficha(fila.codigo)
            escritos = _del_word(vista, lecturas, ficha, fecha)
            if escritos is None:
                escritos = compromisos_de(_datos(vista, lecturas, ficha, fecha), _anio(ficha, fecha))
            compromisos += escritos
    return compromisos


def _del_word(vista: Vista, lecturas: Lecturas, ficha: Ficha, fecha: date) -> tuple[Compromiso, ...] | None:
    """Los que dice el Word, si una persona lo escribió o vino de fuera; None si lo dicen sus datos."""
    rige = situacion(ficha, fecha).vigente
    if rige is None or not rige.archivo.lower().endswith(".docx") or es_generado(ficha, rige):
        return None
    recordados = lecturas.buscar(rige.sha256)
    if recordados is None:
        recordados = _leer_word(vista, ficha, rige, _anio(ficha, fecha))
        lecturas.anotar(rige.sha256, recordados)
    if "compromisos" not in recordados:
        return None
    return tuple(_recordado(vista, *textos) for textos in recordados["compromisos"])


def _recordado(vista: Vista, producto: str, accion: str, documento: str, *resto: str) -> Compromiso:
    titulo, responsable, plazo = resto
    cuando = date.fromisoformat(plazo) if plazo else None
    return Compromiso(producto, accion, documento, titulo, _cargo(vista, responsable), cuando)


def _leer_word(vista: Vista, ficha: Ficha, v: Version, anio: int) -> dict[str, Any]:
    # Aquí, y no arriba: solo lo escrito en Word lo necesita, y una vez.
    from sgc_gt.consultas.versiones import bytes_de  # noqa: PLC0415
    from sgc_gt.dominio.estandarizacion_word import compromisos_en  # noqa: PLC0415
    from sgc_gt.word.extraer import forma_normal  # noqa: PLC0415

    try:
        leidos = compromisos_en(forma_normal(bytes_de(vista, ficha, v), v.archivo), anio)
    except EntradaInvalida:  # no se abre como Word: lo que haya está en sus datos
        return {}
    if leidos is None:
        return {}
    return {"compromisos": [[*c[:-1], c.plazo.isoformat() if c.plazo else ""] for c in leidos]}


def _cargo(vista: Vista, nombre: str) -> str:
    """El cargo que se llama así; si ninguno, el texto tal como se escribió."""
    dicho = comparable(nombre)
    cargos = vista.servicio.cargos.values()
    return next((c.id for c in cargos if dicho in (comparable(c.nombre), c.id)), nombre)


def _anio(ficha: Ficha, fecha: date) -> int:
    """El año del documento, como su plantilla lo imprime: el de su identidad o el de su apertura."""
    rige = situacion(ficha, fecha).vigente
    return anio_impreso(ficha, rige) if rige else int(anio_propio(ficha) or fecha.year)


def _datos(vista: Vista, lecturas: Lecturas, ficha: Ficha, fecha: date) -> Mapping[str, Any]:
    """Los datos de la versión que rige; vacío si no los tiene o ya no están en su lugar."""
    rige = situacion(ficha, fecha).vigente
    if rige is None or not rige.archivo:
        return {}
    carpeta, nombre = rutas.carpeta(ficha), rutas.datos_de(rige.archivo)
    for ruta, oid in vista.oids([f"{carpeta}/{nombre}", f"{carpeta}/por_regir/{nombre}"]).items():
        recordados = lecturas.buscar(oid)
        if recordados is None:
            recordados = _leer(vista.leer(ruta) or b"", nombre)
            lecturas.anotar(oid, recordados)
        return dict(recordados)
    # Ya no está en la carpeta: la versión de esa fecha es historia. Lo importado nunca tuvo datos.
    return {} if rige.regida and situacion(ficha).vigente == rige else _de_la_historia(vista, ficha, nombre)


def _de_la_historia(vista: Vista, ficha: Ficha, nombre: str) -> dict[str, Any]:
    for commit in reversed([c.oid for c in vista.repo.bitacora(rutas.ruta_ficha(ficha))]):
        for lugar in ("", "por_regir/"):
            datos = vista.repo.leer(f"{rutas.carpeta(ficha)}/{lugar}{nombre}", commit)
            if datos is not None:
                return _leer(datos, nombre)
    return {}


def _leer(datos: bytes, lugar: str) -> dict[str, Any]:
    # Aquí, y no arriba: lo recordado no necesita leer YAML, que cuesta más que toda la consulta.
    from sgc_gt.config.lectura import leer_yaml  # noqa: PLC0415

    valor = leer_yaml(datos, lugar)[0]
    return {clave: valor[clave] for clave in CLAVES if clave in valor} if isinstance(valor, dict) else {}
