"""Lo copiado de un papel que casi es lo que debía: un dígito mal mirado no es una acusación."""

from __future__ import annotations


def diferencia(dicho: str, cierto: str) -> str:
    """«en un dígito», «en dos dígitos» o «en el orden de dos dígitos»; vacía si no es así."""
    if len(dicho) != len(cierto):
        return ""
    malos = [n for n, (a, b) in enumerate(zip(dicho, cierto, strict=True)) if a != b]
    if len(malos) == 1:
        return "en un dígito"
    if len(malos) != 2:
        return ""
    uno, otro = malos
    cruzados = (dicho[uno], dicho[otro]) == (cierto[otro], cierto[uno])
    return "en el orden de dos dígitos" if cruzados else "en dos dígitos"
