"""El código de verificación como lo teclea quien lo copia de un papel: con errores de ojo, sin adivinar.

Se imprimen dieciséis dígitos en grupos de cuatro. Al leerlo se admiten minúsculas, espacios, guiones y las
letras que no son de ningún código y solo pueden ser un número mal mirado; lo demás se pregunta.
"""

from __future__ import annotations

import re

from sgc_gt.dominio.textos import cita
from sgc_gt.errores import UsoIncorrecto

LARGO = 16
MINIMO = 8
"""Con menos de dos grupos, diez mil documentos ya se confunden entre sí."""
_CONFUNDIDAS = str.maketrans({"O": "0", "I": "1", "L": "1"})
_SEPARAN = re.compile(r"[\s\-\u2010-\u2015\u2212.·_]+")
IMPRESO = re.compile(r"(?<![0-9A-Za-z-])[0-9A-F]{4}(?:-[0-9A-F]{4}){3}(?![0-9A-Za-z-])")
"""Un código de verificación dentro de un texto, como el sistema lo imprime."""
_ANCLA = re.compile(r"\d+\s*-\s*[0-9a-fA-F]{12}")
_DONDE = "está al pie de cada página, después de «Código de verificación»"


def leer_codigo(texto: str) -> str:
    """Los dígitos que se teclearon, en mayúsculas y sin separar; UsoIncorrecto si no pueden ser un código."""
    digitos = _SEPARAN.sub("", texto).upper().translate(_CONFUNDIDAS)
    raros = sorted(set(digitos) - set("0123456789ABCDEF"))
    if raros:
        raise _negar(f"{cita(texto)} tiene {_lista(raros)}, que ningún código lleva")
    if len(digitos) != LARGO and _ANCLA.fullmatch(texto.strip()):
        raise UsoIncorrecto(
            f"«{texto.strip()}» es un ancla de la historia y no el código de un documento",
            lugar="--codigo",
            hacer=f"para comprobarla: sgc-gt verificar --ancla {texto.strip().replace(' ', '')}",
        )
    if not MINIMO <= len(digitos) <= LARGO:
        cuantos = "un dígito" if len(digitos) == 1 else f"{len(digitos)} dígitos"
        raise _negar(f"{cita(texto)} tiene {cuantos}" if digitos else "no se dijo el código")
    return digitos


def escribir_codigo(digitos: str) -> str:
    """En grupos de cuatro, como se imprime."""
    return "-".join(digitos[i : i + 4] for i in range(0, len(digitos), 4))


def _lista(letras: list[str]) -> str:
    return ", ".join(f"«{letra}»" for letra in letras)


def _negar(mensaje: str) -> UsoIncorrecto:
    return UsoIncorrecto(
        mensaje,
        lugar="--codigo",
        esperado=f"los {LARGO} números y letras de la A a la F, o al menos los primeros {MINIMO}",
        hacer=f"cópielo como está impreso, p. ej. 23D8-AD19-39AD-055B: {_DONDE}",
    )
