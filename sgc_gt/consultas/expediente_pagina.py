"""El expediente como una página: un solo archivo, que se abre con doble clic y se entiende sin el sistema."""

from __future__ import annotations

import base64

from sgc_gt.comparacion import html as comparacion
from sgc_gt.comparacion.decir import conclusion
from sgc_gt.comparacion.hoja import cuadro
from sgc_gt.comparacion.valores import Informe
from sgc_gt.consultas.expediente_valores import (
    ALTERADO,
    FALTA,
    INCLUIDO,
    NO_CABE,
    RETIRADO,
    Archivo,
    Expediente,
)
from sgc_gt.dominio.impresion import codigo_corto
from sgc_gt.paginas.armar import armar

_TIPOS = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".pdf": "application/pdf",
}
"""El tipo de los archivos que se entregan; los demás van sin tipo, para que nadie los ejecute al abrirlos."""

_SITUACIONES = {
    INCLUIDO: "",
    NO_CABE: "no va dentro de esta página, {limite}: está en su lugar",
    FALTA: "falta: no está en su lugar",
    ALTERADO: "alterado: lo que hay en su lugar no es lo que se registró",
    RETIRADO: "ya no está: {razon}",
}


def pagina(e: Expediente) -> str:
    """La página entera. No pide nada de afuera ni ejecuta nada."""
    admite = f"que admite hasta {tamano(e.limite)} de adjuntos" if e.limite else "que se pidió sin adjuntos"
    return armar(
        "expediente",
        e=e,
        hoja_comparacion=cuadro(".comparacion"),
        comparado=_comparado,
        conclusion=conclusion,
        direccion=_direccion,
        situacion=lambda a: _SITUACIONES[a.situacion].format(limite=admite, razon=a.razon),
        tamano=tamano,
        codigo_corto=codigo_corto,
        leyenda=comparacion.LEYENDA,
    )


def _comparado(informe: Informe) -> str:
    """La comparación entera, ya escapada por quien la escribe, para ponerla bajo un título de nivel 4."""
    return comparacion.cuerpo(informe, comparacion.Encaje(nivel=4, propia=False))


def _direccion(archivo: Archivo) -> str:
    """El archivo dentro de la página: el navegador lo guarda con su nombre, sin pedirlo a nadie."""
    punto = archivo.nombre.rfind(".")
    tipo = _TIPOS.get(archivo.nombre[punto:].lower() if punto >= 0 else "", "application/octet-stream")
    return f"data:{tipo};base64,{base64.b64encode(archivo.contenido).decode('ascii')}"


def tamano(n: int) -> str:
    """«758 bytes», «41 kB», «2,3 MB»."""
    if n < 1000:
        return "1 byte" if n == 1 else f"{n} bytes"
    if n < 1_000_000:
        return f"{n / 1000:.0f} kB"
    return f"{n / 1_000_000:.1f} MB".replace(".0 ", " ").replace(".", ",")
