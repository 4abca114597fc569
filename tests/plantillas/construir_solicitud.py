"""Construye plantillas_docx/solicitud.docx: lo que alguien pide y cómo se resolvió, en una página.

`python tests/plantillas/construir_solicitud.py` la escribe de nuevo.
"""

from pathlib import Path

from piezas_gt import DocumentoGT

RUTA = Path(__file__).parents[2] / "plantillas_docx" / "solicitud.docx"
ROTULOS = (
    *("creacion", "modificacion", "anulacion", "adecuacion", "mejora", "recursos"),
    *("aceptada", "rechazada", "devuelta", "unida"),
)


def construir() -> bytes:
    """Los bytes de la plantilla."""
    d = DocumentoGT("solicitud", "Solicitud", registro=True)
    d.portada("Presentación y decisión", indice=False)
    d.titulo(1, "Lo que se solicita")
    d.abrir(
        "Cualquier persona del Servicio puede pedir que un documento se cree, se modifique o se deje sin "
        "efecto, o que se adecue, se mejore o se provea lo que un proceso necesita. Nada cambia hasta que "
        "se resuelva.",
        rotulos=ROTULOS,
        requisitos="I-25",
    )
    d.ficha_de(
        [
            ("Qué se pide", "datos.pide", "n"),
            ("Quién la presenta", "datos.presenta", "cargo"),
            (
                "Documento",
                "(datos.documento|default('', true) or '—') ~ (': ' ~ datos.documento_titulo if "
                "datos.documento_titulo|default('', true) else '')",
                "",
            ),
        ],
        alt="Qué se pide, quién lo pide y de qué documento",
    )
    d.texto_de("datos.motivo", rotulo="Motivo", requisitos="I-25")
    with d.si("datos.propone|default('', true)"):
        d.texto_de("datos.propone", rotulo="Lo que se propone")
    d.titulo(1, "Decisión")
    with d.si("datos.decision|default('', true)"):
        d.ficha_de(
            [
                ("Resultado", "datos.decision.resultado", "n"),
                ("Quién resuelve", "datos.decision.resuelve", "cargo"),
                ("Fecha", "datos.decision.fecha", "fecha_de"),
            ],
            alt="Resultado de la solicitud, quién la resolvió y cuándo",
        )
        with d.si("datos.decision.razon|default('', true)"):
            d.texto_de("datos.decision.razon", rotulo="Razón")
        with d.si("datos.decision.con|default('', true)"):
            d.texto_de("datos.decision.con", rotulo="Sigue en la solicitud")
        d.si_no()
        d.guia("Pendiente: todavía no se resuelve.")
    return d.bytes()


if __name__ == "__main__":
    RUTA.write_bytes(construir())
