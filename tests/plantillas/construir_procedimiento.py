"""Construye plantillas_docx/procedimiento.docx: diez secciones que se llenan con los datos del procedimiento.

`python tests/plantillas/construir_procedimiento.py` la escribe de nuevo.
"""

from pathlib import Path

from marco import Celda, Documento, Fila, Tramo, bucle_pegado, parrafo
from marco_xml import w

RUTA = Path(__file__).parents[2] / "plantillas_docx" / "procedimiento.docx"
# Una tabla de anexo tiene de dos a cinco columnas: una por ancho, porque Word no admite rejillas variables.
COLUMNAS_ANEXO = range(2, 6)
# La primera columna de un anexo va angosta si en ella solo hay códigos o cláusulas.
LETRAS_ANGOSTA = 14
REGISTROS = (
    # (encabezado, ancho, celda, guía cuando no hay datos)
    ("Código", 1.7, "{{ r.codigo }}", "RG-ÁREA-NN"),
    ("Registro", 2.1, "{{ r.nombre }}", "Nombre"),
    ("Responsable", 2.2, "{{ r.responsable|cargo }}", "Cargo"),
    ("Soporte", 1.6, "{{ r.soporte }}", "Papel o electrónico"),
    ("Almacenamiento", 2.35, "{{ r.almacenamiento }}", "Dónde se guarda"),
    ("Protección", 1.9, "{{ r.proteccion }}", "Cómo se protege"),
    ("Recuperación", 2.0, "{{ r.recuperacion }}", "Cómo se busca"),
    ("Retención", 1.6, "{{ r.retencion }} años", "Años"),
    ("Disposición", 1.95, "{{ r.disposicion }}", "Destino final"),
)


def _requisitos(variable: str) -> Tramo:
    """Los identificadores que el texto cumple, en gris al final: «  [DIA-1.1, DIA-1.2]»."""
    marca = f"{variable}.requisitos|default([])"
    return Tramo(
        f"{{% if {marca} %}}  [{{{{ {variable}.requisitos|join(', ') }}}}]{{% endif %}}", "Requisito"
    )


def _pasos(d: Documento, duenio: str) -> None:
    """Pasos numerados con sus subpasos."""
    with d.bucle(f"p in {duenio}.pasos|default([])"):
        d.paso("{{ p.texto }}", _requisitos("p"))
        with d.bucle("s in p.sub|default([])"):
            d.paso("{{ s.texto }}", _requisitos("s"), nivel=2)


def _parrafos(d: Documento, lista: str) -> None:
    with d.bucle(f"linea in {lista}|default([])"):
        d.parrafo("{{ linea }}")


def _lineas(d: Documento, lista: str, estilo: str = "Normal") -> None:
    """Párrafos que pueden llevar sus requisitos al final."""
    with d.bucle(f"linea in {lista}|default([])"):
        d.parrafo("{{ linea.texto }}", _requisitos("linea"), estilo=estilo)


def _responsabilidades(d: Documento) -> None:
    d.titulo(1, "Responsabilidades")
    with d.si("datos.responsabilidades|default([])"):
        with d.bucle("r in datos.responsabilidades"):
            d.titulo(2, "{{ r.rol }}")
            with d.bucle("deber in r.deberes"):
                d.vineta("{{ deber }}")
        d.si_no()
        d.guia(
            "Señale aquí, con un subtítulo por rol, quién hace qué: quién elabora, revisa, aprueba, ejecuta "
            "e informa."
        )


def _dos_columnas(
    d: Documento, lista: str, columnas: tuple[str, str], campos: tuple[str, str], guia: str
) -> None:
    """Terminología y referencias: una tabla de dos columnas o el texto de guía."""
    with d.si(f"datos.{lista}|default([])"):
        celdas = [f"{{{{ t.{campos[0]} }}}}", f"{{{{ t.{campos[1]}|default('') }}}}"]
        filas = bucle_pegado(f"t in datos.{lista}", celdas)
        d.tabla(columnas, [5, 12], filas, alt=f"{columnas[0]} y {columnas[1].lower()}", rotulo=True)
        d.si_no()
        d.guia(guia)


def _flujo(d: Documento) -> None:
    d.titulo(2, "Diagrama de Flujo del Proceso")
    with d.si("datos.flujo is defined and datos.flujo.nodos|default([])"):
        # La figura va antes: cabe con los títulos en una página, y el texto que sigue llena lo que sobra.
        d.figura("imagenes.flujo", "Diagrama de flujo del proceso")
        with d.si("datos.flujo.alternativa|default([])"):
            d.parrafo("El mismo recorrido, en palabras:", con_siguiente=True)
            with d.bucle("linea in datos.flujo.alternativa"):
                d.vineta("{{ linea }}")
        d.si_no()
        d.guia(
            "Describa aquí el recorrido del proceso de principio a fin: inicio, actividades, decisiones y "
            "término."
        )


def _etapas(d: Documento) -> None:
    d.titulo(2, "Descripción de Etapas del Proceso")
    _parrafos(d, "datos.etapas_intro")
    with d.si("datos.etapas|default([])"):
        with d.bucle("e in datos.etapas"):
            d.titulo(3, "{{ e.titulo }}")
            _lineas(d, "e.parrafos")
            _pasos(d, "e")
            with d.bucle("a in e.apartados|default([])"):
                d.titulo(4, "{{ a.titulo }}")
                _lineas(d, "a.parrafos")
                _pasos(d, "a")
                _lineas(d, "a.cierre", "Cierre")
            _lineas(d, "e.cierre", "Cierre")
            with d.bucle("n in e.notas|default([])"):
                d.nota(Tramo("Nota. ", "Strong"), "{{ n }}")
        d.si_no()
        d.guia(
            "Describa aquí cada etapa con un subtítulo (6.2.1, 6.2.2…) y sus pasos numerados: quién hace la "
            "actividad, qué recibe, qué entrega, en qué plazo y qué registro queda."
        )


def _resultados(d: Documento) -> None:
    d.titulo(1, "Resultados Esperados")
    with d.si("datos.resultados|default([])"):
        with d.bucle("g in datos.resultados"):
            d.vineta(Tramo("{{ g.grupo }}", "Strong"), _requisitos("g"), con_siguiente=True)
            with d.bucle("x in g.elementos"):
                d.vineta("{{ x }}", nivel=2)
        d.si_no()
        d.guia("Señale aquí qué debe lograrse al aplicar el procedimiento y cómo se reconocerá.")


def _con_requisitos(celda: str) -> Celda:
    """El nombre y, en línea aparte, lo que el registro responde: en la columna se partiría en el guion."""
    return parrafo(
        celda,
        "{%r if r.requisitos|default([]) %}",
        w("r", w("br")),
        Tramo("{{ r.requisitos|join(', ') }}", "Requisito"),
        "{%r endif %}",
        estilo="TextoTablaChica",
    )


def _registros(d: Documento) -> None:
    d.titulo(1, "Registros")
    d.parrafo(
        "Los registros de este procedimiento se controlan según el procedimiento de control de registros del "
        "Servicio. La retención es un mínimo que se cuenta desde el cierre del año, y ningún registro se "
        "elimina sin el acto que lo autoriza.",
        con_siguiente=True,
    )
    celdas = [_con_requisitos(celda) if n == 1 else celda for n, (_, _, celda, _) in enumerate(REGISTROS)]
    filas: list[Fila] = [
        *bucle_pegado("r in datos.registros|default([])", celdas),
        "{%tr if not datos.registros|default([]) %}",
        [Tramo(guia, "Emphasis") for *_, guia in REGISTROS],
        "{%tr endif %}",
    ]
    d.tabla(
        [encabezado for encabezado, *_ in REGISTROS],
        [ancho for _, ancho, *_ in REGISTROS],
        filas,
        alt="Registros del procedimiento: código, nombre y cómo se controla cada uno",
        epigrafe="Registros del procedimiento y su control",
        chica=True,
    )


def _anexos(d: Documento) -> None:
    d.titulo(1, "Anexos")
    with d.si("datos.anexos|default([])"):
        with d.bucle("a in datos.anexos"):
            d.titulo(2, "{{ a.titulo }}")
            with d.bucle("linea in a.parrafos|default([])"), d.si("loop.last and a.tabla is defined"):
                d.parrafo("{{ linea }}", con_siguiente=True)
                d.si_no()
                d.parrafo("{{ linea }}")
            for n in COLUMNAS_ANEXO:
                _tabla_anexo(d, n)
        d.si_no()
        d.guia("Agregue aquí los anexos, o escriba «No tiene».")


def _tabla_anexo(d: Documento, n: int) -> None:
    with d.si(f"a.tabla is defined and a.tabla.columnas|length == {n}"):
        filas = bucle_pegado("f in a.tabla.filas", [f"{{{{ f[{i}] }}}}" for i in range(n)])
        encabezados = [f"{{{{ a.tabla.columnas[{i}] }}}}" for i in range(n)]
        letras = "a.tabla.filas|map('first')|map('string')|map('length')|max|default(99)"
        primera = f"{letras} <= {LETRAS_ANGOSTA}"
        for condicion, ancho in ((primera, 0.55), (f"not ({primera})", 1)):
            with d.si(condicion):
                d.tabla(encabezados, [ancho, *[1] * (n - 1)], filas, alt="Tabla del anexo")


def construir() -> bytes:
    """Los bytes de la plantilla."""
    d = Documento("procedimiento", "Procedimiento")
    d.portada()
    d.titulo(1, "Objetivo")
    d.parrafos_o_guia(
        "datos.objetivo",
        "Describa aquí para qué existe este procedimiento y qué resultado asegura, en una o dos frases.",
    )
    d.titulo(1, "Alcance")
    d.parrafos_o_guia(
        "datos.alcance",
        "Describa aquí a qué procesos, productos, unidades y regiones se aplica, y a cuáles no.",
    )
    _responsabilidades(d)
    d.titulo(1, "Terminología")
    _dos_columnas(
        d,
        "terminologia",
        ("Término", "Definición"),
        ("termino", "definicion"),
        "Defina aquí las siglas y los términos que un lector nuevo no conoce.",
    )
    d.titulo(1, "Referencias")
    _dos_columnas(
        d,
        "referencias",
        ("Referencia", "Origen y uso"),
        ("titulo", "detalle"),
        "Cite aquí los documentos internos y externos que este procedimiento usa, con su código o número.",
    )
    d.titulo(1, "Descripción de proceso")
    _flujo(d)
    _etapas(d)
    d.titulo(1, "Seguimiento del Proceso")
    with d.si("datos.seguimiento|default([])"):
        _lineas(d, "datos.seguimiento")
        d.si_no()
        d.guia("Señale aquí los indicadores del proceso, quién los mide, cada cuánto y dónde se informan.")
    _resultados(d)
    _registros(d)
    _anexos(d)
    d.control_de_cambios()
    return d.bytes()


if __name__ == "__main__":
    RUTA.write_bytes(construir())
