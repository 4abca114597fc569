"""Construye plantillas_docx/acta_eliminacion.docx: qué se eliminó, con qué acto, cómo y quiénes.

`python tests/plantillas/construir_acta_eliminacion.py` la escribe de nuevo.
"""

from pathlib import Path

from piezas_gt import Columna, DocumentoGT

RUTA = Path(__file__).parents[2] / "plantillas_docx" / "acta_eliminacion.docx"


def construir() -> bytes:
    """Los bytes de la plantilla."""
    d = DocumentoGT("acta_eliminacion", "Acta de eliminación de registros", registro=True)
    d.portada(indice=False)
    _acto(d)
    _registros(d)
    _como(d)
    return d.bytes()


def _acto(d: DocumentoGT) -> None:
    d.titulo(1, "Acto que autoriza")
    d.abrir(
        "Esta acta deja constancia de la eliminación de registros que cumplieron su retención, autorizada por "
        "el acto que se indica. De cada registro queda su ficha, con su código, su fecha y la huella de su "
        "archivo.",
        rotulos=("resolucion", "decreto"),
    )
    d.ficha_de(
        [
            ("Acto", "datos.acto.clase", "n"),
            ("Número", "datos.acto.numero", ""),
            ("Fecha del acto", "datos.acto.fecha", "fecha_de"),
            ("Propuesta de disposición", "datos.propuesta", ""),
        ],
        alt="Acto que autoriza la eliminación: clase, número, fecha y propuesta",
    )


def _registros(d: DocumentoGT) -> None:
    d.titulo(1, "Registros eliminados")
    d.lista_de(
        [
            Columna("Código", 3.4, "x.codigo", negrita=True),
            Columna("Registro", 4.6, "x.titulo"),
            Columna("Fecha", 1.9, "x.fecha"),
            Columna("Volumen", 2.2, "x.volumen"),
            Columna("Dónde estaba", 4.0, "x.lugar"),
            Columna("Base legal", 2.6, "x.base_legal", opcional=True),
        ],
        "datos.registros",
        alt="Inventario de registros eliminados: código, título, fecha, volumen, lugar y base legal",
        epigrafe="Inventario",
    )
    with d.si("datos.resumen|default([], true)"):
        d.titulo(2, "Volumen y fechas extremas")
        with d.bucle("x in datos.resumen"):
            d.parrafo("{{ x }}")


def _como(d: DocumentoGT) -> None:
    d.titulo(1, "Cómo se eliminaron")
    d.ficha_de(
        [
            ("Método", "datos.metodo", ""),
            ("Lugar", "datos.lugar", ""),
            ("Fecha", "datos.realizada", "fecha_de"),
        ],
        alt="Cómo se eliminaron: método, lugar y fecha",
    )
    d.lista_de(
        [
            Columna("Responsable", 9.0, "x.cargo", "cargo", negrita=True),
            Columna("Qué hizo", 8.0, "x.papel"),
        ],
        "datos.responsables",
        alt="Responsables de la eliminación y qué hizo cada uno",
        epigrafe="Responsables",
        junta=True,
    )
    with d.si("datos.copias|default('', true)"):
        d.texto_de("datos.copias", rotulo="Otras copias")
        d.si_no()
        d.parrafo("No se sabe de otras copias fuera de la carpeta del Servicio.")


if __name__ == "__main__":
    RUTA.write_bytes(construir())
