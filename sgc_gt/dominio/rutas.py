"""Dónde vive cada archivo del servicio. Rutas relativas, ASCII, con «/» en todo sistema."""

from __future__ import annotations

from sgc_gt.dominio.ficha import Ficha

CONFIGURACION = "sgc.yaml"
PLANTILLAS = "plantillas_docx"
SERIES = "registros/series.yaml"
REQUISITOS = "registros/requisitos"
ANTECEDENTES = "registros/antecedentes"
SISTEMA = "registros/sistema.json"
LISTA_MAESTRA = "registros/lista_maestra"
LISTA_REGISTROS = "registros/lista_registros.csv"
LISTA_EXTERNOS = "registros/documentos_externos.csv"
POR_IMPORTAR = "registros/por_importar.csv"
POR_REGIR = "registros/por_regir.csv"
CODIGOS = "registros/codigos_cambiados.csv"
"""Los códigos que una reorganización dio después, con la carpeta en que está cada documento."""
EVIDENCIAS = "evidencias"
AL_INICIO = frozenset({".gitattributes", ".gitignore", POR_IMPORTAR})
"""Lo que el primer movimiento deja, además de la configuración y las listas sin filas."""


def es_configuracion(ruta: str) -> bool:
    """Si el archivo es parte de la configuración, que solo cambia con el acto `configurar`."""
    return ruta in (CONFIGURACION, SERIES) or ruta.startswith((f"{PLANTILLAS}/", f"{REQUISITOS}/"))


def es_antecedente(ruta: str) -> bool:
    """Si el archivo trae lo que el servicio declaró al comenzar: nace con él y ningún acto lo cambia."""
    return ruta.startswith(f"{ANTECEDENTES}/")


def es_lista(ruta: str) -> bool:
    """Si el archivo es una de las listas que los movimientos van llenando."""
    return ruta in (LISTA_EXTERNOS, POR_REGIR) or ruta.startswith(f"{LISTA_MAESTRA}/")


def carpeta_documento(area: str, codigo: str) -> str:
    """`documentos/GT/PR-GT-01`."""
    return f"documentos/{area}/{codigo}"


def carpeta_registro(codigo: str) -> str:
    """`registros/RG-SGC-05/2026/001`, para una instancia."""
    return f"registros/{codigo}"


def carpeta(ficha: Ficha) -> str:
    """La carpeta de la ficha, según sea documento o instancia de registro."""
    if "/" in ficha.clave:
        return carpeta_registro(ficha.clave)
    return carpeta_documento(ficha.area_de_origen, ficha.clave)


def ruta_borrador(ficha: Ficha, archivo: str) -> str:
    """`documentos/GT/PR-GT-01/borrador/PR-GT-01_v03.docx`."""
    return f"{carpeta(ficha)}/borrador/{archivo}"


def ruta_ficha(ficha: Ficha) -> str:
    """La ruta de `ficha.json`."""
    return f"{carpeta(ficha)}/ficha.json"


def lista_maestra(area: str) -> str:
    """La lista maestra de un área."""
    return f"{LISTA_MAESTRA}/{area}.csv"


def nombre_archivo(codigo: str, version: str, extension: str) -> str:
    """`PR-GT-01_v02.docx`; para una instancia de registro, `RG-SGC-05_2026_001.docx`."""
    base = codigo.replace("/", "_")
    return f"{base}_v{version}{extension}" if version else f"{base}{extension}"


def datos_de(archivo: str) -> str:
    """El archivo de datos que acompaña a un documento: `PR-GT-01_v02.datos.yaml`."""
    return archivo.rpartition(".")[0] + ".datos.yaml"
