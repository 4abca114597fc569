"""Cada suceso en una línea que una persona entiende: hora, documento, qué pasó y, si toca, qué hacer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sgc_gt.dominio.textos import mayuscula


class Suceso(NamedTuple):
    """Algo que la vigilancia hizo o notó."""

    hora: datetime
    clase: str
    codigo: str = ""
    version: str = ""
    cargo: str = ""
    archivo: str = ""
    detalle: Mapping[str, Any] = {}

    def a_dict(self, texto: str) -> dict[str, Any]:
        """Las claves de --json."""
        return {
            "hora": self.hora.isoformat(timespec="seconds"),
            "suceso": self.clase,
            "codigo": self.codigo,
            "version": self.version,
            "cargo": self.cargo,
            "archivo": self.archivo,
            "texto": texto,
            **self.detalle,
        }


FRASES = {
    "comienza": "se vigilan {carpetas}",
    "termina": "se dejó de vigilar",
    "carpeta_perdida": "la carpeta{de_quien} no está a la vista ({archivo}): se retoma sola cuando vuelva",
    "carpeta_de_vuelta": "la carpeta{de_quien} está de nuevo a la vista ({archivo})",
    "puesto": "el borrador quedó en la carpeta de {quien}",
    "repuesto": "la copia de {quien} quedó al día con el último borrador",
    "retirado": "la copia de {quien} se retiró: el borrador ya no está en sus manos",
    "recibido": "se recibió lo que guardó {quien}{secciones}",
    "respondido": "{quien} tiene observaciones que mirar en «{copia}»",
    "contestado": "{quien} contestó observaciones: sus respuestas irán con el próximo envío",
    "sin_cambios": "{quien} guardó sin cambiar nada",
    "negado": "no se recibió lo que guardó {quien}: {razon}",
    "incompleto": "el archivo {nombre} sigue sin llegar entero: se recibirá cuando termine de copiarse",
    "enorme": "{nombre} pesa más de lo que un documento puede pesar (60 MB): no se recibió",
    "ilegible": "no se puede leer {nombre}: {razon}",
    "sin_escribir": "no se pudo escribir {nombre}: {razon}",
    "sin_identidad": "{nombre} no dice de qué documento es, y no se recibió; se conserva donde está",
    "desconocido": "{nombre} dice ser de un código que este servicio no tiene, y no se recibió",
    "sin_persona": (
        "no se recibió lo guardado: nadie ejerce hoy el cargo {quien}; "
        "complete las personas en la configuración o registre una subrogancia"
    ),
    "varias_personas": (
        "no se recibió lo guardado: el cargo {quien} lo ejercen varias personas y no se sabe cuál lo hizo; "
        "regístrelo con: sgc-gt entregar {codigo} --como CORREO"
    ),
    "guardado_despues": (
        "{quien} guardó cambios después del envío: se conservan en {nombre}; "
        "para seguir escribiendo, retírelo del circuito: sgc-gt retirar {codigo}"
    ),
    "ya_no_es_borrador": (
        "{nombre} tiene cambios sobre la versión {version}, que ya no está en trabajo: "
        "se conserva y no se recibió"
    ),
    "escrito_en_la_copia": (
        "{quien} escribió en la copia con observaciones: se conserva y no se recibió; "
        "el borrador no espera cambios, o lo escrito no está en su texto"
    ),
    "restituido": "el archivo vigente se había vuelto a guardar sin cambios: se restituyó el aprobado",
    "edicion_directa": (
        "alguien editó el archivo vigente: se restituyó el aprobado, y lo escrito quedó como "
        "borrador de la versión {nueva}"
    ),
    "edicion_conservada": (
        "alguien editó el archivo vigente: se restituyó el aprobado, y lo escrito quedó en {guardado}"
    ),
    "sin_restituir": "el archivo vigente está editado y no se pudo restituir: {razon}",
    "ocupado": "otra orden está registrando: se espera y se vuelve a intentar",
    "por_sondeo": "no se puede esperar el aviso de los cambios ({razon}): se mira cada {segundos} segundos",
    "defecto": "el programa tropezó con {nombre} y siguió con lo demás; envíe {guardado} a quien lo mantiene",
}


def texto(suceso: Suceso, quien: str) -> str:
    """La línea completa: «09:14 PR-FOM-03 versión 02: se recibió lo que guardó …»."""
    valores = {
        "razon": "",
        "secciones": "",
        **suceso.detalle,
        "quien": quien,
        "de_quien": f" de {quien}" if suceso.cargo else "",
        "codigo": suceso.codigo,
        "version": suceso.version,
        "archivo": suceso.archivo,
        "nombre": f"«{suceso.archivo.rpartition('/')[2]}»",
    }
    if "secciones" in suceso.detalle:
        valores["secciones"] = _cuantas(len(suceso.detalle["secciones"]))
    frase = FRASES[suceso.clase].format_map(valores)
    sujeto = suceso.codigo + (f" versión {suceso.version}" if suceso.version else "")
    if not sujeto:
        frase = mayuscula(frase)
    return f"{suceso.hora:%H:%M} {sujeto + ': ' if sujeto else ''}{frase}."


def _cuantas(secciones: int) -> str:
    if not secciones:
        return ""
    return " (una sección)" if secciones == 1 else f" ({secciones} secciones)"
