"""El código de verificación como lo teclea quien lo copia de un papel: con errores de ojo, sin adivinar.

Se imprimen dieciséis dígitos en grupos de cuatro. Al leerlo se admiten minúsculas, espacios, guiones y las
letras que no son de ningún código y solo pueden ser un número mal mirado; lo demás se pregunta.
"""

from __future__ import annotations

import re

from sgc_gt.dominio.ancla import LARGO as LARGO_ANCLA
from sgc_gt.dominio.textos import cita
from sgc_gt.errores import UsoIncorrecto

LARGO = 16
GRUPO = 4
MINIMO = 8
"""Con menos de dos grupos, diez mil documentos ya se confunden entre sí."""
_CONFUNDIDAS = str.maketrans({"O": "0", "I": "1", "L": "1"})
_SEPARAN = re.compile(r"[\s\-\u2010-\u2015\u2212.·_]+")
IMPRESO = re.compile(r"(?<![0-9A-Za-z-])[0-9A-F]{4}(?:-[0-9A-F]{4}){3}(?![0-9A-Za-z-])")
"""Un código de verificación dentro de un texto, como el sistema lo imprime."""
_ANCLA = re.compile(r"(\d+)\s*-\s*([0-9a-fA-F]{4,40})")
_DONDE = "está al pie de cada página, después de «Código de verificación»"


def leer_codigo(texto: str) -> str:
    """Los dígitos que se teclearon, en mayúsculas y sin separar; UsoIncorrecto si no pueden ser un código."""
    digitos = _SEPARAN.sub("", texto).upper().translate(_CONFUNDIDAS)
    raros = sorted(set(digitos) - set("0123456789ABCDEF"))
    if raros:
        raise _negar(f"{cita(texto)} tiene {_lista(raros)}, que ningún código lleva")
    if len(digitos) != LARGO:
        _exigir_que_no_sea_ancla(texto.strip())
    if not MINIMO <= len(digitos) <= LARGO:
        cuantos = "un dígito" if len(digitos) == 1 else f"{len(digitos)} dígitos"
        raise _negar(f"{cita(texto)} tiene {cuantos}" if digitos else "no se dijo el código")
    return digitos


def _exigir_que_no_sea_ancla(texto: str) -> None:
    """UsoIncorrecto si es un número, un guion y lo que no son grupos de cuatro; aunque venga cortada."""
    hallada = _ANCLA.fullmatch(texto)
    if hallada is None:
        return
    numero, resto = hallada.groups()
    if len(numero) == GRUPO and len(resto) != LARGO_ANCLA and len(resto) % GRUPO == 0:
        return
    if len(resto) >= LARGO_ANCLA:
        es, hacer = (
            "es un ancla de la historia",
            f"para comprobarla: sgc-gt verificar --ancla {numero}-{resto}",
        )
    else:
        es = "parece un ancla de la historia, cortada,"
        hacer = (
            f"cópiela entera, con los {LARGO_ANCLA} dígitos que siguen al guion, y compruébela con: "
            f"sgc-gt verificar --ancla {numero}-{resto}…"
        )
    raise UsoIncorrecto(f"«{texto}» {es} y no el código de un documento", lugar="--codigo", hacer=hacer)


def escribir_codigo(digitos: str) -> str:
    """En grupos de cuatro, como se imprime."""
    return "-".join(digitos[i : i + GRUPO] for i in range(0, len(digitos), GRUPO))


def _lista(letras: list[str]) -> str:
    return ", ".join(f"«{letra}»" for letra in letras)


def _negar(mensaje: str) -> UsoIncorrecto:
    return UsoIncorrecto(
        mensaje,
        lugar="--codigo",
        esperado=f"los {LARGO} números y letras de la A a la F, o al menos los primeros {MINIMO}",
        hacer=f"cópielo como está impreso, p. ej. 23D8-AD19-39AD-055B: {_DONDE}",
    )
