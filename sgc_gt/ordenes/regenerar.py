"""Reponer lo que se puede volver a hacer desde la historia: etiquetas, archivos, listas, índice.

Solo si los movimientos son correctos: de una historia rota no se repone nada. Las evidencias no se pueden
rehacer, y una etiqueta que ninguna emisión explica se deja: puede ser la prueba de que falta el final.
"""

from __future__ import annotations

from sgc_gt.consultas.verificar import Informe
from sgc_gt.errores import IntegridadRota, UsoIncorrecto
from sgc_gt.repositorio.reposicion import Repuesto
from sgc_gt.repositorio.repositorio import Repositorio

SE_REPONEN = ("etiquetas", "carpeta")
CAUSAS = {
    "abierto": "no se pudo: otro programa lo tiene abierto; ciérrelo y repita la orden",
    "editado": "no se pudo: alguien lo guardó en este momento; repita la orden",
    "sin_escribir": "no se pudo escribir; revise el espacio y el permiso",
}


def exigir_carpeta(repo: Repositorio) -> None:
    """UsoIncorrecto en una historia sola: no tiene archivos que reponer, y lo suyo no se toca."""
    if repo.sin_carpeta:
        raise UsoIncorrecto(
            "esta copia de la historia no tiene carpeta de trabajo: se puede revisar, no reponer",
            lugar=str(repo.raiz),
            hacer="quite --regenerar, o repita la orden en la carpeta del servicio",
        )


def regenerar(repo: Repositorio, cabeza: str, informe: Informe) -> list[str]:
    """Lo que se repuso, en oraciones. IntegridadRota si un movimiento no es correcto."""
    exigir_carpeta(repo)
    ajenas = [a for a in informe.alertas if a.regla not in (*SE_REPONEN, "evidencia")]
    if ajenas:
        raise IntegridadRota(
            f"la historia no es correcta: no se repone nada a partir de ella ({ajenas[0].mensaje})",
            lugar=ajenas[0].lugar,
            hacer="recupere la carpeta desde un respaldo que calce con un ancla anotada",
        )
    rutas = [a.lugar for a in informe.alertas if a.regla == "carpeta"]
    return [_decir(r) for r in repo.reponer(cabeza, informe.etiquetas, rutas)]


def _decir(repuesto: Repuesto) -> str:
    if repuesto.clase == "indice":
        return "El índice de la carpeta se rehízo"
    if repuesto.clase == "etiqueta":
        return f"{repuesto.nombre}: se repuso la etiqueta de la emisión"
    if repuesto.causa:
        return f"{repuesto.nombre}: {CAUSAS[repuesto.causa]}"
    aparte = f"; lo que había quedó en {repuesto.apartado}" if repuesto.apartado else ""
    return f"{repuesto.nombre}: se repuso el archivo registrado{aparte}"
