"""Códigos y versiones: la máscara y el formato son datos del servicio (dominio §2.2 y §2.3)."""

from __future__ import annotations

import re
from functools import cache
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
        """Ella misma, o ConfiguracionInvalida si no formaría códigos que se puedan volver a leer.

        Entre guion y guion va a lo más una parte: «PRGT-01» podría ser de dos tipos distintos.
        """
        piezas = [m.group(1) for m in _PIEZA.finditer(self.texto)]
        correlativos = [p for p in piezas if p.startswith("n")]
        unicas = piezas.count("tipo") == 1 and piezas.count("area") <= 1 and len(correlativos) == 1
        tramos = self.texto.split("-")
        separadas = all(tramo and len(_PIEZA.findall(tramo)) <= 1 for tramo in tramos)
        if not unicas or not separadas or not re.fullmatch(r"[A-Z0-9-]*", _PIEZA.sub("", self.texto)):
            raise ConfiguracionInvalida(
                f"la máscara «{self.texto}» no sirve para formar códigos",
                esperado="una vez {tipo}, a lo más una {area} y una vez {nn}, unidos por guiones",
            )
        return self

    def formar(self, tipo: str, area: str, numero: int) -> str:
        """El código con esas partes: `formar("PR", "GT", 1)` → `PR-GT-01`."""
        partes = {"tipo": tipo, "area": area}
        return _PIEZA.sub(
            lambda m: partes[m[1]] if m[1] in partes else str(numero).zfill(len(m[1])), self.texto
        )

    def leer(self, codigo: str) -> Partes | None:
        """Las partes del código, o None si no calza con la máscara."""
        calce = _expresion(self.texto).fullmatch(codigo)
        if calce is None:
            return None
        partes = calce.groupdict()
        return Partes(partes["tipo"], partes.get("area") or "", int(partes["n"]))


@cache
def _expresion(mascara: str) -> re.Pattern[str]:
    expresion, desde = "", 0
    for m in _PIEZA.finditer(mascara):
        expresion += re.escape(mascara[desde : m.start()]) + _grupo(m[1])
        desde = m.end()
    return re.compile(expresion + re.escape(mascara[desde:]), re.ASCII)


def _grupo(pieza: str) -> str:
    """La expresión que lee una parte. El correlativo, solo como se escribe: «001» no es «01»."""
    if not pieza.startswith("n"):
        return f"(?P<{pieza}>[A-Z0-9]+)"
    ancho = len(pieza)
    return rf"(?P<n>\d{{{ancho}}}|[1-9]\d{{{ancho},}})"


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

    def admite(self, version: str) -> bool:
        """Si está escrita como el servicio numera: «02», «02.1»; ni «2» ni «v02»."""
        menor = rf"(?:{re.escape(self.separador_menor)}[1-9]\d*)?"
        mayor = rf"\d{{{self.ancho}}}|[1-9]\d{{{self.ancho},}}"
        return re.fullmatch(rf"(?:{mayor}){menor}", version, re.ASCII) is not None

    def leer(self, texto: str) -> str:
        """La versión escrita como el servicio numera: «2» → «02», «2.0» → «02»; «» si no puede ser suya."""
        calce = re.fullmatch(r"(\d{1,4})(?:[.,\-](\d{1,2}))?", texto.strip(), re.ASCII)
        if calce is None:
            return ""
        mayor, menor = calce[1].lstrip("0") or "0", int(calce[2] or 0)
        return mayor.zfill(self.ancho) + (f"{self.separador_menor}{menor}" if menor else "")

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


def sirve_de_codigo(codigo: str) -> bool:
    """Si puede ser carpeta y etiqueta en Windows y Linux."""
    return GRAMATICA.fullmatch(codigo) is not None and codigo not in RESERVADOS


def exigir_codigo(codigo: str) -> str:
    """El código, si puede ser carpeta y etiqueta en Windows y Linux; UsoIncorrecto si no."""
    if not sirve_de_codigo(codigo):
        raise UsoIncorrecto(
            f"«{codigo}» no sirve como código",
            lugar="código",
            esperado="mayúsculas sin tilde, dígitos y guiones, de 2 a 32 caracteres (p. ej. PR-GT-01)",
            hacer="corrija el código, o deje que el sistema ponga el que sigue",
        )
    return codigo
