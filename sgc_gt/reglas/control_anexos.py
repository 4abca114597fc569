"""Los anexos del procedimiento: las tablas que salen enteras de las reglas."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sgc_gt.dominio.etiquetas import ACTOS
from sgc_gt.dominio.textos import enumerar, mayuscula
from sgc_gt.reglas import control_norma as norma
from sgc_gt.reglas import control_palabras as p
from sgc_gt.reglas.control_reglas import Reglas


def anexos(reglas: Reglas) -> list[dict[str, Any]]:
    """Los anexos, en el orden en que el texto los nombra."""
    return [
        _codigos(reglas),
        _circuitos(reglas),
        _tipos(reglas),
        _movimientos(reglas),
        _subrogancia(reglas),
        _series(reglas),
        _excepciones(reglas),
        _norma(reglas),
    ]


def _anexo(
    clave: str,
    titulo: str,
    parrafos: Iterable[str],
    columnas: Sequence[str],
    filas: Iterable[Sequence[str]],
) -> dict[str, Any]:
    """Un anexo; sin filas no lleva tabla."""
    cuerpo: dict[str, Any] = {"titulo": f"{p.anexo(clave)}. {titulo}"}
    cuerpo |= {"parrafos": textos} if (textos := [texto for texto in parrafos if texto]) else {}
    lista = [list(fila) for fila in filas]
    if lista:
        cuerpo["tabla"] = {"columnas": list(columnas), "filas": lista}
    return cuerpo


def _codigos(r: Reglas) -> dict[str, Any]:
    areas = enumerar(f"{sigla} ({nombre})" for sigla, nombre in r.areas)
    return _anexo(
        "codigos",
        "Códigos y tipos de documento",
        [
            f"La forma de los códigos es {p.mascara(r.mascara.texto)}; el apartado {p.apartado('codigo')} "
            "la explica.",
            f"Siglas de área: {areas}." if "{area}" in r.mascara.texto else "",
        ],
        ("Tipo", "Prefijo", "Ejemplo de código", "Clase"),
        ((t.nombre, t.prefijo, t.ejemplo, mayuscula(p.CLASES[t.clase])) for t in r.tipos),
    )


def _circuitos(r: Reglas) -> dict[str, Any]:
    filas = []
    for nombre, pasos in r.circuitos:
        for n, paso in enumerate(pasos, start=1):
            distinto = p.distinto_de(paso)
            filas.append(
                (
                    f"{mayuscula(p.circuito(nombre))}, paso {n}: {ACTOS[paso.acto]}",
                    mayuscula(p.quien_cumple(r, paso)),
                    mayuscula(distinto) or "No se exige",
                    mayuscula(p.respaldo_del_paso(r, paso)),
                    mayuscula(p.FUENTES[paso.fuente]),
                )
            )
    return _anexo(
        "circuitos",
        "Circuitos",
        ["Los pasos de cada circuito se cumplen en el orden de la tabla, todos sobre el mismo contenido."],
        ("Circuito y paso", "Quién lo cumple", "Persona distinta", "Respaldo", "Fuente de la regla"),
        filas,
    )


def _tipos(r: Reglas) -> dict[str, Any]:
    return _anexo(
        "tipos",
        "Plazos y respaldos por tipo",
        [
            "La conservación se cuenta desde que la versión queda obsoleta o, si es un registro, desde su "
            "cierre."
        ],
        ("Tipo", "Versión nueva / cambio menor", "Revisión", "Formas de aprobar", "Conservación"),
        (
            (
                t.nombre,
                mayuscula(
                    " / ".join(f"circuito {p.circuito(c)}" for c in (t.circuito, t.circuito_menor) if c)
                ),
                mayuscula(p.cada(t.revision_meses)) if t.clase != "registro" else "No se aplica",
                mayuscula(p.respaldos(t.aprobacion)),
                p.anios(t.retencion_anios),
            )
            for t in r.tipos
        ),
    )


def _movimientos(r: Reglas) -> dict[str, Any]:
    return _anexo(
        "movimientos",
        "Movimientos y estados",
        [
            "Estos son todos los movimientos de un documento o registro. Lo que no está en la tabla no se "
            "admite. Los que no cambian el estado dejan constancia de un hecho."
        ],
        ("Movimiento", "Desde", "Hasta", "Quién", "No puede faltar"),
        (
            (
                mayuscula(ACTOS[a.nombre]),
                p.estados(a.desde) or "No existía",
                p.estados(a.hasta) or "No cambia",
                mayuscula(p.quien_hace(a)),
                mayuscula(p.exigencias(a.exige)) or "—",
            )
            for a in r.actos
        ),
    )


def _subrogancia(r: Reglas) -> dict[str, Any]:
    con = [t for t in r.subrogancia if t.cargos]
    sin = [t.clave for t in r.subrogancia if not t.cargos]
    return _anexo(
        "subrogancia",
        "Subrogancia",
        [
            "En ausencia de un cargo lo reemplaza quien sigue en su lista, con la subrogancia registrada "
            "antes de actuar.",
            *([f"Sin subrogantes definidos: {enumerar(sin)}."] if sin else []),
        ],
        ("Cargo", "Lo subrogan, en este orden"),
        ((t.clave, "; ".join(t.cargos)) for t in con),
    )


def _series(r: Reglas) -> dict[str, Any]:
    return _anexo(
        "series",
        "Series de registros",
        ["" if r.series else "El Servicio no tiene series de registros en su catálogo."],
        ("Código", "Registro", "Responsable", "Retención y su base", "Disposición final"),
        (
            (
                s.codigo,
                s.nombre + (" (reservado)" if s.acceso == "reservado" else ""),
                p.titulares(s.responsable),
                mayuscula(p.anios(s.retencion_anios)) + (f"; {s.base_legal}" if s.base_legal else ""),
                mayuscula(s.disposicion) or "Por definir",
            )
            for s in r.series
        ),
    )


def _excepciones(r: Reglas) -> dict[str, Any]:
    return _anexo(
        "excepciones",
        "Excepciones a la separación de funciones",
        [
            "Estos documentos tienen una excepción; su razón queda además en cada decisión que ampara."
            if r.excepciones
            else "Ningún documento tiene excepciones."
        ],
        ("Documento", "Razón"),
        ((e.documento, e.motivo) for e in r.excepciones),
    )


def _norma(r: Reglas) -> dict[str, Any]:
    return _anexo(
        "norma",
        f"{r.norma} y este procedimiento",
        [
            "La segunda columna resume cada exigencia con palabras del Servicio; el texto oficial es el de "
            "la norma."
        ],
        ("Cláusula", "Qué pide", "Dónde se responde"),
        norma.clausulas(r.norma),
    )
