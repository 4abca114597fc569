"""Las carpetas conectadas van fuera de la del servicio: adentro, una copia parecería lo controlado."""

from __future__ import annotations

from pathlib import Path

from sgc_gt.dominio.servicio import Carpetas
from sgc_gt.errores import ConfiguracionInvalida, Problema
from sgc_gt.ordenes.salida import dentro


def exigir_fuera_del_servicio(raiz: Path, carpetas: Carpetas | None) -> None:
    """ConfiguracionInvalida si alguna cae dentro de la carpeta del servicio."""
    if carpetas is None:
        return
    dichas = {"base": carpetas.base, **{f"cargos.{c}": d for c, d in carpetas.cargos.items()}}
    problemas = [
        Problema("está dentro de la carpeta del servicio", f"carpetas_conectadas.{clave}: {dicha}")
        for clave, dicha in dichas.items()
        if dentro(raiz, Path(dicha)) is not None
    ]
    if problemas:
        raise ConfiguracionInvalida(
            "una carpeta conectada no puede estar dentro de la carpeta del servicio",
            esperado="una carpeta aparte, en este equipo o en la red",
            hacer="elija otra y repita la orden",
            problemas=problemas,
        )
