"""Construye plantillas_docx/medidas_autoridad.docx: qué se decidió, a quién habilita y en qué va.

`python tests/plantillas/construir_medidas_autoridad.py` la escribe de nuevo.
"""

from pathlib import Path

from marco import Tramo
from piezas_calendario import HECHO, LOGRO, MACROS_CALENDARIO, NADA, PENDIENTE, Pintada, avance, tabla_pintada
from piezas_gt import Columna, DocumentoGT, abreviaturas, en_linea, trozos

RUTA = Path(__file__).parents[2] / "plantillas_docx" / "medidas_autoridad.docx"
AMBITOS = (
    ("administrar_programas", "Administrar programas"),
    ("ciclo_presupuestario", "Ciclo presupuestario"),
    ("adquisiciones_y_personal", "Adquisiciones y personal"),
    ("suscribir_compromisos", "Suscribir compromisos"),
)
ROTULOS = (
    *(clave for clave, _ in AMBITOS),
    *("delegacion", "instruccion", "otra", "cumplida", "en_plazo", "atrasada", "reprogramada", "no_iniciada"),
)
MEDIDAS = "datos.medidas|default([], true)"
FONDO_ESTADO = (
    f"'{LOGRO}' if x.estado|default('') == 'cumplida' else "
    f"('{PENDIENTE}' if x.estado|default('') in ['atrasada', 'reprogramada', 'no_iniciada'] else '{NADA}')"
)
# `alcanza`: si la medida alcanza a la región. `en_ambito`: las medidas de un ámbito en una región.
MACROS = MACROS_CALENDARIO + en_linea(f"""
    {{% macro alcanza(a, cod) %}}{{% if a.regiones|default('') == 'todas' %}}1
    {{% elif a.regiones is defined and a.regiones and a.regiones is not string and cod in a.regiones %}}1
    {{% endif %}}{{% endmacro %}}
    {{% macro en_ambito(cod, ambito) %}}
    {{% for a in {MEDIDAS} if a.ambito|default('') == ambito and alcanza(a, cod) %}}{{{{ v(a.id) ~ (' ■ ' if a.estado|default('') == 'cumplida' else ' ') }}}}
    {{% endfor %}}{{% endmacro %}}
    {{% macro en_pie(cod, ambito) %}}
    {{% for a in {MEDIDAS} if a.ambito|default('') == ambito and alcanza(a, cod) %}}
    {{% if a.estado|default('') == 'cumplida' %}}1{{% endif %}}{{% endfor %}}{{% endmacro %}}
""")


def _medidas(d: DocumentoGT) -> None:
    d.titulo(1, "Medidas adoptadas")
    d.lista_de(
        [
            Columna("Id.", 1.0, "x.id", negrita=True),
            Columna("Medida", 5.2, "x.medida"),
            Columna("Tipo", 1.9, "x.tipo", "n"),
            Columna("Facultad", 3.0, "x.facultad", opcional=True),
            Columna("Adopta", 2.8, "x.autoridad", "cargo"),
            Columna("Acto", 3.1, "x.acto", opcional=True),
        ],
        "datos.medidas",
        alt="Medidas adoptadas: tipo, facultad, autoridad y acto",
        epigrafe="Decisiones, instrucciones y delegaciones",
        requisitos="DIA-2.4",
        junta=True,
    )


def _iniciativa(d: DocumentoGT) -> None:
    d.titulo(1, "Iniciativa de las jefaturas territoriales")
    _declara(
        d,
        "delegacion",
        "Qué pueden hacer ahora",
        "efecto",
        "No hay delegaciones",
    )
    _declara(
        d,
        "complementariedad",
        "Metas de complementariedad financiera y operacional",
        "metas",
        "Ninguna medida habilita metas de complementariedad",
    )
    d.nota(
        "En el cuadro, el identificador de la medida dice que alcanza a la jefatura de esa región en ese "
        "ámbito; con ■, que la medida ya está cumplida."
    )
    tabla_pintada(
        d,
        [
            Columna("Región", 4.2, "r.nombre", negrita=True),
            *(
                Pintada(
                    titulo,
                    3.2,
                    f"('{LOGRO}' if en_pie(r.cod, '{clave}') else '{HECHO}') if en_ambito(r.cod, '{clave}') "
                    f"else '{NADA}'",
                    f"en_ambito(r.cod, '{clave}')",
                )
                for clave, titulo in AMBITOS
            ),
        ],
        "regiones",
        variable="r",
        alt="Medidas que alcanzan a cada jefatura regional, por ámbito de facultades",
        epigrafe="Qué medidas alcanzan a cada jefatura, por ámbito",
    )


def _declara(d: DocumentoGT, clave: str, rotulo: str, campo: str, si_no: str) -> None:
    """Lo que hay o, si no hay, la razón."""
    base = f"(datos.{clave}|default('', true))"
    with d.si(f"{base}.hay|default(true) == false"):
        d.texto_de(f"datos.{clave}.razon", rotulo=si_no)
        d.si_no()
        d.texto_de(f"datos.{clave}.{campo}", rotulo=rotulo)


def _cumplimiento(d: DocumentoGT) -> None:
    d.titulo(1, "Cumplimiento")
    d.intro(
        "Avance de cada medida al cierre de ", *trozos("datos.corte", "mes_de"), ".", requisitos="DIA-2.4"
    )
    tabla_pintada(
        d,
        [
            Columna("Id.", 1.0, "x.id", negrita=True),
            Columna("Regiones", 2.4, "x.regiones", "abrev"),
            Columna("Plazo", 2.6, "x.plazo", "mes_de"),
            Columna("Estado", 1.9, "x.estado", "n", fondo=FONDO_ESTADO),
            Columna("%", 0.9, "x.avance", lado="right"),
            *avance("x.avance"),
            Columna("Evidencia, o por qué falta", 4.6, "v(x.evidencia) or v(x.explicacion) or '—'"),
        ],
        "datos.medidas",
        alt="Cumplimiento de las medidas: plazo, estado, avance y evidencia",
        epigrafe="Avance de cada medida",
    )


def construir() -> bytes:
    """Los bytes de la plantilla."""
    d = DocumentoGT("medidas_autoridad", "Medidas de la autoridad", registro=True)
    d.portada()
    d.titulo(1, "Alcance y corte")
    d.abrir(
        "Este registro reúne las medidas con que la autoridad hace factible la perspectiva territorial y dice "
        "en qué va cada una. Informa lo ocurrido hasta ",
        *trozos("datos.corte", "mes_de"),
        ".",
        rotulos=ROTULOS,
        requisitos="DIA-2.4",
        mas_macros=MACROS,
    )
    d.parrafo(Tramo("De dónde vienen: ", "Strong"), *trozos("datos.origen"))
    _medidas(d)
    _iniciativa(d)
    _cumplimiento(d)
    abreviaturas(d)
    d.titulo(1, "Conclusión")
    d.texto_de("datos.conclusion")
    return d.bytes()


if __name__ == "__main__":
    RUTA.write_bytes(construir())
