"""`comparar`: un documento de veinte páginas con treinta ediciones, contra quien marca los cambios en Word.

    python tests/rendimiento/bench_comparar.py

La vara es `python-redlines` con su programa, sobre el mismo par de archivos y en la misma corrida: de los dos DOCX a la
lista de cambios, y a la página HTML. Sin él, la vara es `difflib` sobre las palabras. Se exige ser diez veces más rápido.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from difflib import SequenceMatcher
from importlib.util import find_spec
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parents[1]))

from mini_docx import mini_docx

from sgc_gt.comparacion.aplicar import aplicar
from sgc_gt.comparacion.html import informe_a_html
from sgc_gt.consultas.comparar import informe, suelto
from sgc_gt.dominio.forma import texto_de
from sgc_gt.word.extraer import forma_normal

VUELTAS = 7
EXIGIDO = 10.0
SECCIONES, PARRAFOS, PALABRAS = 12, 11, 62
VOCABULARIO = [
    "el",
    "la",
    "los",
    "las",
    "de",
    "del",
    "a",
    "en",
    "con",
    "por",
    "para",
    "que",
    "se",
    "su",
    "sus",
    "servicio",
    "región",
    "provincia",
    "plazo",
    "informe",
    "registro",
    "solicitud",
    "subsidio",
    "taller",
    "comité",
    "pauta",
    "anexo",
    "indicador",
    "meta",
    "cobertura",
    "jefatura",
    "encargado",
    "control",
    "documento",
    "versión",
    "vigente",
    "revisión",
    "aprobación",
    "resolución",
    "oficio",
    "fecha",
    "días",
    "hábiles",
    "responde",
    "evalúa",
    "publica",
    "notifica",
    "archiva",
    "conserva",
]


def guion(azar: Random) -> list[str]:
    """Unas veinte páginas: secciones con párrafos, pasos y una tabla."""
    lineas = []
    for n in range(1, SECCIONES + 1):
        lineas.append(f"T1 Sección {n}")
        for p in range(PARRAFOS):
            texto = " ".join(azar.choices(VOCABULARIO, k=PALABRAS))
            lineas.append(f"{'n1' if p % 4 == 3 else 'p'} {texto.capitalize()}.")
        lineas.append(
            "tabla Indicador|Meta|Medio;"
            + ";".join(f"Indicador {n}.{f}|{f * 7}%|Informe {f}" for f in range(1, 7))
        )
    return lineas


def editado(lineas: list[str], azar: Random) -> list[str]:
    """Treinta ediciones: palabras, párrafos que entran, salen y se mueven, celdas y filas."""
    nuevas = list(lineas)
    textos = [n for n, linea in enumerate(nuevas) if linea[0] in "pn"]
    for n in azar.sample(textos, 16):
        palabras = nuevas[n].split(" ")
        palabras[azar.randrange(2, len(palabras))] = "sesenta"
        nuevas[n] = " ".join(palabras)
    tablas = [n for n, linea in enumerate(nuevas) if linea.startswith("tabla")]
    for n in tablas[:4]:
        nuevas[n] = nuevas[n].replace("21%", "99%")
    for n in tablas[4:7]:
        nuevas[n] += ";Indicador nuevo|5%|Acta"
    for _ in range(3):
        nuevas.insert(azar.randrange(len(nuevas)), "p " + " ".join(azar.choices(VOCABULARIO, k=PALABRAS)))
    for _ in range(2):
        del nuevas[azar.choice([n for n, linea in enumerate(nuevas) if linea.startswith("p ")])]
    movido = nuevas.pop(azar.choice([n for n, linea in enumerate(nuevas) if linea.startswith("p ")]))
    nuevas.insert(len(nuevas) // 2, movido)
    return nuevas


def mediana(hacer: Callable[[], object], vueltas: int = VUELTAS) -> float:
    tiempos = []
    for _ in range(vueltas):
        inicio = time.perf_counter()
        hacer()
        tiempos.append(time.perf_counter() - inicio)
    return statistics.median(tiempos) * 1000


def vara(antes: bytes, despues: bytes) -> tuple[str, Callable[[], object]]:
    """Con qué se compara: el comparador instalado o, si no está, difflib palabra por palabra."""
    if find_spec("python_redlines_docxodus"):
        from python_redlines import DocxodusEngine

        motor = DocxodusEngine()
        return "python-redlines", lambda: motor.run_redline("x", antes, despues, detect_moves=True)
    a, d = (texto_de(forma_normal(x).bloques).split() for x in (antes, despues))
    return "difflib por palabras", lambda: SequenceMatcher(None, a, d, autojunk=False).get_opcodes()


def main() -> int:
    azar = Random(16)  # noqa: S311  (una semilla repetible, no un secreto)
    lineas = guion(azar)
    antes = mini_docx("\n".join(lineas), encabezado="p Servicio", pie="p Copia")
    despues = mini_docx("\n".join(editado(lineas, azar)), encabezado="p Servicio nuevo", pie="p Copia")
    piezas = suelto("a.docx", antes), suelto("b.docx", despues)
    hecho = informe(*piezas)
    assert hecho.comparacion is not None
    assert aplicar(forma_normal(antes), hecho.comparacion) == forma_normal(despues)
    nombre, la_vara = vara(antes, despues)
    propio = mediana(lambda: informe(*piezas))
    pagina = mediana(lambda: informe_a_html(informe(*piezas)))
    ajeno = mediana(la_vara, 3)
    palabras = len(texto_de(forma_normal(antes).bloques).split())
    print(f"{palabras} palabras; {hecho.comparacion.cuenta()}")
    print(f"comparar {propio:8.1f} ms   con página {pagina:8.1f} ms   {nombre} {ajeno:8.1f} ms")
    print(f"{ajeno / pagina:.1f} veces más rápido, página incluida (se exige {EXIGIDO:.0f})")
    return 0 if ajeno / pagina >= EXIGIDO else 1


if __name__ == "__main__":
    sys.exit(main())
