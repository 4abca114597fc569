"""Generar un documento: la plantilla compilada contra docxtpl, con la misma plantilla y los mismos datos.

    python tests/rendimiento/bench_generar.py

Una plantilla de doce páginas con dos tablas de 50 filas, la misma con las etiquetas partidas como las deja
Word, y la de procedimientos del proyecto con los datos de PR-GT-01. Se mide con la plantilla ya compilada
(así trabaja el sistema) y docxtpl con el mismo entorno seguro.
"""

import io
import re
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import yaml
from docx.shared import Cm
from docxtpl import DocxTemplate, InlineImage
from jinja2 import ChainableUndefined
from jinja2.sandbox import SandboxedEnvironment

RAIZ = Path(__file__).parents[2]
sys.path[:0] = [str(RAIZ), str(RAIZ / "tests")]

from mini_docx import mini_docx

from sgc_gt.dominio.fechas import MESES
from sgc_gt.dominio.regiones import CATALOGO
from sgc_gt.word.diagrama import dibujar
from sgc_gt.word.imagen import Imagen
from sgc_gt.word.paquete import empaquetar
from sgc_gt.word.plantilla import Plantilla
from sgc_gt.word.puerta import abrir

VUELTAS = 30
Filtros = dict[str, Callable[..., object]]
_FRASE = "El servicio revisa {{ v%d }} con cada región y deja constancia de lo acordado en el registro. "


def doce_paginas() -> bytes:
    """66 párrafos de unas 60 palabras, 20 variables, dos tablas de 50 filas, encabezado y pie."""
    cuerpo = ["toc"]
    for n in range(66):
        if n % 8 == 0:
            cuerpo.append(f"T1 Capítulo {n // 8}")
        cuerpo.append("p " + (_FRASE % (n % 20)) * 4)
    tabla = (
        "tabla A|B|C|D;{%tr for f in filas %}|||;{{ f.a }}|{{ f.b }}|{{ f.c }}|{{ f.d }};{%tr endfor %}|||"
    )
    cuerpo += [tabla, "p entre tablas", tabla]
    return mini_docx("\n".join(cuerpo), encabezado="p {{ v1 }} / campo PAGE", pie="p {{ v2 }}")


def como_word(docx: bytes) -> bytes:
    """La misma plantilla con cada etiqueta partida en tramos, como las deja Word al corregir."""
    partes = abrir(docx, "plantilla")
    corte = '</w:t></w:r><w:proofErr w:type="spellStart"/><w:r w:rsidR="00A1B2C3"><w:t xml:space="preserve">'
    documento = partes["word/document.xml"].decode()
    partes["word/document.xml"] = re.sub(r"\{\{ (\w+) ", rf"{{{{ {corte}\1{corte} ", documento).encode()
    return empaquetar(partes)


def contexto() -> dict[str, object]:
    filas = [{c: f"celda {c}{n}" for c in "abcd"} for n in range(50)]
    return {f"v{n}": f"valor número {n} & más" for n in range(20)} | {"filas": filas}


def medir(accion: Callable[[], object]) -> float:
    """Mediana en milisegundos, después de calentar."""
    accion()
    tiempos = []
    for _ in range(VUELTAS):
        inicio = time.perf_counter()
        accion()
        tiempos.append((time.perf_counter() - inicio) * 1000)
    return statistics.median(tiempos)


def con_docxtpl(docx: bytes, datos: dict[str, object], filtros: dict[str, Callable[..., object]]) -> None:
    entorno = SandboxedEnvironment(autoescape=True, undefined=ChainableUndefined)
    entorno.filters |= filtros
    plantilla = DocxTemplate(io.BytesIO(docx))
    plantilla.render(para_docxtpl(datos, plantilla), entorno)
    plantilla.save(io.BytesIO())


def comparar(
    nombre: str, docx: bytes, datos: dict[str, object], filtros: dict[str, Callable[..., object]]
) -> None:
    inicio = time.perf_counter()
    plantilla = Plantilla.compilar(docx, nombre)
    compilar = (time.perf_counter() - inicio) * 1000
    propia = medir(lambda: plantilla.generar(datos, filtros))
    comprimida = medir(lambda: plantilla.generar(datos, filtros, comprimir=True))
    ajena = medir(lambda: con_docxtpl(docx, datos, filtros))
    paginas = len(abrir(plantilla.generar(datos, filtros), nombre)["word/document.xml"]) // 1024
    print(
        f"{nombre:22} {paginas:5} kB de XML | compilar una vez {compilar:6.1f} ms | generar {propia:6.1f} ms "
        f"(comprimido {comprimida:6.1f}) | docxtpl {ajena:6.1f} ms | razón {ajena / propia:4.1f}× "
        f"({ajena / comprimida:.1f}× comprimido)"
    )


def del_proyecto(
    tipo: str, archivo: str
) -> tuple[bytes, dict[str, object], dict[str, Callable[..., object]]]:
    """Una plantilla del proyecto con unos datos reales, y su diagrama si lo llevan."""
    docx = (RAIZ / "plantillas_docx" / f"{tipo}.docx").read_bytes()
    datos = yaml.safe_load((RAIZ / archivo).read_text("utf-8"))
    campos = (
        "codigo",
        "titulo",
        "version",
        "tipo",
        "tipo_nombre",
        "area",
        "area_nombre",
        "elabora",
        "revisa",
    )
    doc = dict.fromkeys((*campos, "aprueba", "responsable", "anio", "norma"), "dato")
    servicio = dict.fromkeys(("nombre", "sigla", "ministerio", "comite"), "dato")
    filtros = dict.fromkeys(Plantilla.compilar(docx, f"{tipo}.docx").filtros(), str)
    imagenes = {"flujo": dibujar(datos["flujo"])} if "flujo" in datos else {}
    regiones = [{"cod": r.codigo, "nombre": r.nombre, "abrev": r.abreviatura} for r in CATALOGO]
    doc["anio"] = "2025"
    contexto_ = {"doc": doc, "servicio": servicio, "datos": datos, "imagenes": imagenes}
    return docx, contexto_ | {"regiones": regiones, "meses": list(MESES)}, dict(filtros)


def para_docxtpl(datos: dict[str, object], plantilla: DocxTemplate) -> dict[str, object]:
    """El mismo contexto con las imágenes como docxtpl las quiere."""
    imagenes = datos.get("imagenes")
    if not isinstance(imagenes, dict):
        return datos
    propias = {
        nombre: InlineImage(plantilla, io.BytesIO(imagen.png), Cm(imagen.ancho_cm))
        for nombre, imagen in imagenes.items()
        if isinstance(imagen, Imagen)
    }
    return datos | {"imagenes": propias}


if __name__ == "__main__":
    base = doce_paginas()
    comparar("doce páginas", base, contexto(), {})
    comparar("doce páginas, de Word", como_word(base), contexto(), {})
    comparar("plan PL-GT-01", *del_proyecto("plan", "sgc_gt/ejemplo/datos/plan.yaml"))
    comparar("procedimiento PR-GT-01", *del_proyecto("procedimiento", "documentos/GT/PR-GT-01/datos.yaml"))
