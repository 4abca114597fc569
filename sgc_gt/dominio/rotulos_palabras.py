"""Con qué palabras rotula cada servicio los datos de sus documentos (dominio §2.1 y §2.6).

Van en minúsculas y sin tildes. Agregar una forma de decirlo es agregar una línea.
"""

from __future__ import annotations

import re
import unicodedata

CODIGO, VERSION, TITULO, TIPO, PAGINA, AREA = "codigo", "version", "titulo", "tipo", "pagina", "area"
APROBACION, VIGENCIA, PROXIMA = "fecha_aprobacion", "vigente_desde", "proxima_revision"
ELABORACION = "fecha_elaboracion"
ELABORO, REVISO, APROBO = "elaboro", "reviso", "aprobo"
CARGO, PERSONA, FIRMA = "cargo", "persona", "firma"
FECHAS = frozenset({APROBACION, VIGENCIA, PROXIMA, ELABORACION})
ROLES = frozenset({ELABORO, REVISO, APROBO})

_N = r"(?:n[°ºo.]+ ?(?:de )?|numero (?:de )?)?"
_FECHA = r"(?:fecha (?:de )?(?:la )?)?"

ROTULOS: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    ((PROXIMA,), (
        _FECHA + r"proxima (?:revision|actualizacion)",
        r"(?:vigente|vigencia|valido) hasta",
        r"fecha (?:de )?(?:termino|vencimiento)(?: de (?:la )?vigencia)?",
        r"revisar antes del?",
    )),
    ((VIGENCIA,), (
        r"(?:vigente|vigencia|valido|rige) (?:desde|a partir del?|a contar del?)",
        _FECHA + r"(?:inicio (?:de )?(?:la )?)?(?:entrada en )?vigencia",
        r"fecha (?:de )?(?:entrada en vigor|aplicacion)",
    )),
    ((ELABORACION,), (r"fecha (?:de )?(?:la )?(?:elaboracion|creacion|confeccion)",)),
    ((APROBACION,), (
        r"fecha (?:de )?(?:la )?(?:aprobacion|emision|publicacion)",
        r"fecha (?:de )?(?:la )?(?:ultima )?(?:revision|version|actualizacion|modificacion)",
        r"(?:aprobad[oa]|emitid[oa]) el",
        r"fecha",
    )),
    ((TITULO,), (r"titulo(?: del documento)?", r"nombre (?:del? )?(?:documento|procedimiento)")),
    ((TIPO,), (r"tipo (?:de )?documento",)),
    ((CODIGO,), (
        r"codigo(?: (?:del )?(?:documento|procedimiento))?",
        r"cod\.?",
        r"(?:n[°ºo.]+|numero) (?:de )?documento",
        r"identificacion",
    )),
    ((PAGINA,), (r"paginas?", r"pags?\.?", r"hojas?")),
    ((AREA,), (r"(?:area|proceso|unidad|departamento|division)(?: responsable)?",)),
    ((ELABORO,), (
        r"(?:elaborad|preparad|confeccionad|redactad)[oa](?: por)?",
        r"(?:elaboro|preparo|confecciono|redacto)",
        r"elaboracion",
        r"hecho por",
    )),
    ((APROBO,), (r"(?:aprobad|autorizad)[oa](?: por)?", r"(?:aprobo|autorizo)", r"aprobacion")),
    ((VERSION, REVISO), (_N + r"revision(?: n[°ºo.]+)?", r"rev\.?")),
    ((REVISO,), (r"(?:revisad|validad)[oa](?: por)?", r"(?:reviso|valido)")),
    ((VERSION,), (_N + r"(?:version|edicion)(?: (?:n[°ºo.]+|vigente|actual))?", r"vers?\.")),
    ((CARGO,), (r"cargos?",)),
    ((PERSONA,), (r"nombres?(?: y apellidos?)?",)),
    ((FIRMA,), (r"firmas?",)),
)  # fmt: skip
"""Los campos que puede nombrar un rótulo y sus formas; lo más largo va primero. «Revisión» puede ser dos."""

TIPOS_DE_DOCUMENTO = (
    "procedimiento|manual|instructivo|politica|plan|programa|guia|reglamento|protocolo|formulario|formato|ficha|"
    "caracterizacion|informe|diagnostico|acta|registro|codigo de etica|carta|catalogo"
)
INSTITUCION = re.compile(
    r"\b(?:servicio (?:nacional|de |agr)|ministerio|gobierno|subsecretaria|superintendencia|municipalidad"
    r"|republica|sistema (?:de )?gestion|sistema integrado|departamento|division"
    r"|direccion (?:regional|nacional|general)|copia (?:no )?controlada|pagina|www\.|confidencial|uso interno"
    r"|logo)\b"
)
CARGOS = re.compile(
    r"\b(?:jef[ea]|jefatura|encargad[oa]|directora?|direccion|subdirectora?|profesional|coordinadora?|analista"
    r"|secretari[oa]|abogad[oa]|asesora?|administrativ[oa]|gestora?|auditora?|fiscal|gerent[ea]|ministr[oa]"
    r"|subsecretari[oa]|alcalde(?:sa)?|representante|comite|equipo|unidad|departamento|division)\b"
)


def _base(c: str) -> str:
    minuscula = unicodedata.normalize("NFD", c)[0].lower()
    return minuscula if len(minuscula) == 1 else c


_PLANAS = {n: _base(chr(n)) for n in range(0x250)}
"""Las letras latinas, con o sin tilde, y su forma simple."""


def plano(texto: str) -> str:
    """El texto en minúsculas y sin tildes, con el mismo largo: una posición vale en los dos."""
    return texto.translate(_PLANAS)
