"""Códigos y versiones: la máscara y el formato son datos del servicio (dominio §2.2 y §2.3)."""

from __future__ import annotations

import re
from typing import NamedTuple

from sgc_gt.errores import ConfiguracionInvalida, UsoIncorrecto

GRAMATICA = re.compile(r"[A-Z0-9][A-Z0-9-]{0,30}[A-Z0-9]", re.ASCII)
"""Un código es ASCII y sirve de carpeta y de etiqueta en cualquier sistema de archivos."""

RESERVADOS = frozenset(
    {"CON", "PRN", "AUX", "NUL", *(f"{d}{n}" for d in ("COM", "LPT") for n in range(1, 10))}
)
_PIEZA = re.compile(r"\{(tipo|area|n+)\}")


class Mascara(NamedTuple):
    """Forma de los códigos del servicio: `{tipo}-{area}-{nn}`; `{n…}` es el correlativo con su ancho."""

    texto: str

    def validar(self) -> Mascara:
        """Ella misma, o ConfiguracionInvalida si no lleva tipo y un solo correlativo."""
        piezas = [m.group(1) for m in _PIEZA.finditer(self.texto)]
        correlativos = [p for p in piezas if p.startswith("n")]
        resto = _PIEZA.sub("", self.texto)
        if piezas.count("tipo") != 1 or len(correlativos) != 1 or not re.fullmatch(r"[A-Z0-9-]*", resto):
            raise ConfiguracionInvalida(
                f"la máscara «{self.texto}» no sirve para formar códigos",
                esperado="una vez {tipo}, a lo más una {area} y una vez {nn}, unidos por guiones",
            )
        return self

    def formar(self, tipo: str, area: str, numero: int) -> str:
        """El código con esas partes: `formar("PR", "GT", 1)` → `PR-GT-01`."""

        def pieza(m: re.Match[str]) -> str:
            nombre = m.group(1)
            return {"tipo": tipo, "area": area}.get(nombre) or str(numero).zfill(len(nombre))

        return _PIEZA.sub(pieza, self.texto)

    def leer(self, codigo: str) -> Partes | None:
        """Las partes del código, o None si no calza con la máscara."""
        patron = _PIEZA.sub("\0", self.texto)
        trozos = [re.escape(t) for t in patron.split("\0")]
        grupos = []
        for m in _PIEZA.finditer(self.texto):
            nombre = m.group(1)
            cuerpo = r"\d{%d,}" % len(nombre) if nombre.startswith("n") else r"[A-Z0-9]+"
            grupos.append(f"(?P<{'n' if nombre.startswith('n') else nombre}>{cuerpo})")
        expresion = trozos[0] + "".join(g + t for g, t in zip(grupos, trozos[1:], strict=True))
        calce = re.fullmatch(expresion, codigo, re.ASCII)
        if calce is None:
            return None
        partes = calce.groupdict()
        return Partes(partes["tipo"], partes.get("area") or "", int(partes["n"]))


class Partes(NamedTuple):
    """Lo que un código dice de sí: prefijo del tipo, área («» si la máscara no la lleva) y correlativo."""

    tipo: str
    area: str
    numero: int


class FormatoVersion(NamedTuple):
    """Cómo numera el servicio: primera versión, ancho en dígitos y separador de la menor («02.1»)."""

    primera: int = 1
    ancho: int = 2
    separador_menor: str = "."

    def inicial(self) -> str:
        """La primera versión de un documento nuevo: «00», «0» o «01» según el servicio."""
        return str(self.primera).zfill(self.ancho)

    def siguiente(self, version: str, *, menor: bool = False) -> str:
        """La versión que sigue: «02» → «03»; menor: «02» → «02.1», «02.1» → «02.2»."""
        mayor, _, paso = version.partition(self.separador_menor)
        if menor:
            return f"{mayor}{self.separador_menor}{int(paso or 0) + 1}"
        return str(int(mayor) + 1).zfill(self.ancho)

    def orden(self, version: str) -> tuple[int, int]:
        """Clave para ordenar versiones de un mismo código."""
        mayor, _, paso = version.partition(self.separador_menor)
        return int(mayor), int(paso or 0)


def exigir_codigo(codigo: str) -> str:
    """El código, si puede ser carpeta y etiqueta en Windows y Linux; UsoIncorrecto si no."""
    if not GRAMATICA.fullmatch(codigo) or codigo.split("-")[0] in RESERVADOS or codigo in RESERVADOS:
        raise UsoIncorrecto(
            f"«{codigo}» no sirve como código",
            lugar="código",
            esperado="mayúsculas sin tilde, dígitos y guiones, de 2 a 32 caracteres (p. ej. PR-GT-01)",
        )
    return codigo
