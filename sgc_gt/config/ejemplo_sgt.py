"""Traducir un servicio completo (esquema `demo-sgt/1`) a la configuración y los datos de este sistema.

Cada clave tiene un destino: `sgc.yaml`, las series, lo que se importará, los documentos externos, los
antecedentes de cada tipo (`antecedentes_sgt`), o la lista de lo que no se usa, con la razón. Los documentos
vienen sin archivo: son entradas por importar y aquí ninguno llega a regir.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from sgc_gt.config.antecedentes_sgt import antecedentes_de
from sgc_gt.config.ejemplo_revision import regiones_en_uso, revisar
from sgc_gt.config.escritura import Parte, escribir
from sgc_gt.config.lectura import leer
from sgc_gt.config.lugares import escribir_camino, exigir_sin
from sgc_gt.config.nombres import mapa
from sgc_gt.dominio.codigos import Mascara
from sgc_gt.dominio.regiones import TODAS, TODAS_2010

ESQUEMA = "demo-sgt/1"

MASCARA = Mascara("{tipo}-{area}-{nn}")
"""La forma de los códigos de este esquema; de ellos se obtienen las áreas."""

ROLES = {
    "controlador_documental": "control_documental",
    "jefe_servicio": "jefe_servicio",
    "representante_direccion": "representante_direccion",
    "encargado_gt": "encargado_gt",
    "encargado_cr": "encargado_cr",
    "encargado_cr_territorial": "jefatura_territorial",
    "miembro_comite": "miembro_comite",
    "auditor": "auditor",
    "revisor_juridico": "revisor_juridico",
    "oficina_partes": "oficina_partes",
}
"""El rol de aquel esquema y el de este, en el orden en que se escriben."""

_DIAGNOSTICO = "RG-GT-01"
"""Aquí el diagnóstico es un documento con versiones: la que se emite es el registro de su año."""

_AREAS = {"SGC": "Sistema de Gestión de la Calidad", "GT": "Gestión Territorial"}

_NO_USADAS = (
    (("meta", "catalogo_regiones"), "el sistema trae su catálogo de regiones"),
    (
        ("meta", "alternativa_2010"),
        "es una explicación; para 2010 se escribe norma 2008 y regiones todas_2010",
    ),
    (("defectos_sembrados",), "explica la muestra; los hallazgos los busca el chequeo de forma"),
)
_DE_REGION = (
    ("nombre", "el nombre es el del catálogo de regiones"),
    ("romano", "el número romano es el del catálogo de regiones"),
)


class Traduccion(NamedTuple):
    """Lo que resultó de traducir.

    `servicio` y `series` son los archivos ya escritos; `por_importar`, un diccionario por documento con sus
    papeles y el estado que alguien declaró (nunca se lo cree); `antecedentes`, lo demás, un archivo por tipo
    con las claves de sus datos, en el año de gestión; `no_usadas`, el camino de cada clave que no se usa y
    por qué.
    """

    servicio: bytes
    series: bytes
    por_importar: tuple[dict[str, Any], ...]
    externos: tuple[dict[str, Any], ...]
    no_usadas: tuple[tuple[str, str], ...]
    antecedentes: dict[str, list[dict[str, Any]]]
    anio: int


def traducir(datos: bytes, archivo: str) -> Traduccion:
    """La traducción; ConfiguracionInvalida con todos los problemas del archivo."""
    leido, problemas = leer(datos, archivo)
    exigir_sin((*problemas, *(revisar(leido) if leido.valor is not None or not problemas else ())))
    return convertir(leido.valor)


def convertir(servicio: Mapping[str, Any]) -> Traduccion:
    """La traducción de un servicio ya revisado."""
    documentos = servicio.get("documentos") or []
    return Traduccion(
        servicio=_sgc(servicio),
        series=_series(servicio, {d["codigo"] for d in documentos}),
        por_importar=tuple(_por_importar(d) for d in documentos),
        externos=tuple(dict(e) for e in servicio.get("externos") or []),
        no_usadas=tuple(_sobrantes(servicio)),
        antecedentes=antecedentes_de(servicio),
        anio=servicio["meta"]["anio_gestion"],
    )


def _sgc(s: Mapping[str, Any]) -> bytes:
    meta, identidad = s["meta"], s["servicio"]
    return escribir(
        f"Configuración de {identidad['nombre']}, traducida de un archivo {ESQUEMA}.\n"
        "Se cambia aquí y se registra con: sgc-gt configurar",
        (
            Parte("esquema", 1),
            Parte("servicio", dict(identidad)),
            Parte("norma", meta.get("norma", "ISO 9001:2015")),
            Parte("paquetes", ["sgc", "gt"], "Sin gt no se ve nada de Gestión Territorial."),
            Parte("regiones", _regiones_escritas(s), "todas, todas_2010, o una lista de códigos."),
            Parte(
                "codigos", {"mascara": MASCARA.texto, "areas": _areas(s)}, "Complete el nombre de cada área."
            ),
            Parte(
                "versiones", {"primera": 1, "ancho": 2, "separador_menor": "."}, "01, 02; cambio menor: 02.1."
            ),
            Parte("cargos", _cargos(s), "Los subrogantes van en el orden en que reemplazan."),
            Parte(
                "personas",
                _personas(s),
                "El archivo de origen no trae personas: hay una por cargo, con un correo de ejemplo.\n"
                "Cambie los correos. Quien deja el cargo no se borra: se le pone «hasta».",
            ),
            Parte("roles", _roles(s), "control_documental y jefe_servicio no pueden faltar."),
        ),
    )


def _regiones_escritas(s: Mapping[str, Any]) -> str | list[str]:
    """La forma corta si la hay; si no, la lista."""
    return {TODAS: "todas", TODAS_2010: "todas_2010"}.get(regiones_en_uso(s)) or list(regiones_en_uso(s))


def _areas(s: Mapping[str, Any]) -> dict[str, str]:
    """Las áreas que aparecen en los códigos; las de nombre desconocido llevan su sigla."""
    codigos = [d["codigo"] for clave in ("documentos", "registros") for d in s.get(clave) or []]
    halladas = {partes.area for codigo in codigos if (partes := MASCARA.leer(codigo))}
    return {**_AREAS, **{area: f"Área {area}" for area in sorted(halladas - set(_AREAS))}}


def _cargos(s: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    cargos = {}
    for clave, valor in s["cargos"].items():
        cargo: dict[str, Any] = {"nombre": valor["cargo"]}
        if valor.get("subroga"):
            cargo["subrogantes"] = [valor["subroga"]]
        if valor.get("uno_por_region"):
            cargo["por_region"] = True
        cargos[clave] = cargo
    return cargos


def _personas(s: Mapping[str, Any]) -> list[dict[str, str]]:
    dominio = f"{s['servicio']['sigla'].lower()}.example"
    desde = f"{s['meta']['anio_gestion']}-01-01"
    claves: list[str] = []
    for clave, valor in s["cargos"].items():
        claves += [f"{clave}-{r}" for r in regiones_en_uso(s)] if valor.get("uno_por_region") else [clave]
    return [{"correo": f"{clave}@{dominio}", "cargo": clave, "desde": desde} for clave in claves]


def _roles(s: Mapping[str, Any]) -> dict[str, list[str]]:
    roles: dict[str, list[str]] = {}
    for suyo, nuestro in ROLES.items():
        cargos = [
            clave
            for clave, valor in s["cargos"].items()
            if valor["rol"] == suyo or (suyo == "miembro_comite" and valor.get("miembro_comite"))
        ]
        if cargos:
            roles[nuestro] = cargos
    return roles


def _series(s: Mapping[str, Any], documentos: set[str]) -> bytes:
    nota = "La retención es un mínimo, en años desde el cierre del año. Nada se elimina solo."
    return escribir(
        f"Series de registros de {s['servicio']['nombre']}.",
        (Parte("series", [_serie(r, documentos) for r in s.get("registros") or []], nota),),
    )


def _serie(registro: Mapping[str, Any], documentos: set[str]) -> dict[str, Any]:
    partes = MASCARA.leer(registro["codigo"])
    return {
        "codigo": registro["codigo"],
        "nombre": registro["nombre"],
        "paquete": "gt" if partes and partes.area == "GT" else "sgc",
        "responsable": registro["resp"],
        "soporte": registro.get("soporte"),
        "almacenamiento": registro.get("almacen"),
        "proteccion": registro.get("proteccion"),
        "recuperacion": registro.get("recuperacion"),
        "retencion_anios": registro.get("retencion"),
        "disposicion": registro.get("disposicion"),
        "documento": registro["codigo"] in documentos or registro["codigo"] == _DIAGNOSTICO,
    }


def _por_importar(documento: Mapping[str, Any]) -> dict[str, Any]:
    """La entrada por importar; `area` sale del código y `revisa` es siempre una lista."""
    partes = MASCARA.leer(documento["codigo"])
    revisa = documento.get("revisa")
    return {**documento, "revisa": [revisa] if revisa else [], "area": partes.area if partes else ""}


def _sobrantes(s: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for ruta, razon in _NO_USADAS:
        if ruta[-1] in (mapa(s.get(ruta[0])) if len(ruta) == 2 else s):
            yield ".".join(ruta), razon
    for i, region in enumerate(s.get("regiones") or []):
        for clave, razon in _DE_REGION:
            if clave in region:
                yield escribir_camino(("regiones", i, clave), s), razon
