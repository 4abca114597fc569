"""Piezas comunes de los informes de seguimiento y resultados: avance, mediciones y compromisos."""

from collections.abc import Sequence

from marco import Tramo
from piezas_grafico import MACROS_GRAFICO, Barras, barras, numero, razon, semaforo, tope
from piezas_gt import Columna, DocumentoGT, en_linea, gris, seguro, trozos

ROTULOS = (
    *("cumplida", "en_plazo", "atrasada", "reprogramada", "no_iniciada"),
    *("mensual", "bimestral", "trimestral", "cuatrimestral", "semestral", "anual"),
)
FRENTES = (
    ("productos", "Productos seleccionados"),
    ("informacion", "Información por región en los sistemas"),
    ("gore", "Provisión de información a los gobiernos regionales"),
    ("gestion", "Gestión del Programa"),
)
_PARES = ", ".join(f"('{clave}', '{titulo}')" for clave, titulo in FRENTES)
# `frente`: el nombre de un frente. `meses_de`: «enero a junio de 2026».
MACROS_INFORMES = MACROS_GRAFICO + en_linea(f"""
    {{% macro frente(x) %}}{{% for k, t in [{_PARES}] if k == x|default('') %}}{{{{ t }}}}{{% endfor %}}
    {{% endmacro %}}
    {{% macro meses_de(p) %}}{{% if p is mapping and p.desde_mes is number and p.hasta_mes is number %}}
    {{{{ p.desde_mes|mes ~ ' a ' ~ p.hasta_mes|mes ~ ' de ' ~ doc.anio }}}}
    {{% endif %}}{{% endmacro %}}
""")
BIEN, MAL = ("cumplida", "en_plazo"), ("atrasada",)


def avance(d: DocumentoGT, lista: str = "datos.avance_programa", *, epigrafe: str) -> None:
    """Una barra por actividad del Programa: cuánto lleva y, si se dice, cuánto debía llevar."""
    barras(
        d,
        Barras(
            lista,
            antes=[
                Columna("Id.", 1.0, "x.id", negrita=True),
                Columna("Actividad o hito", 4.0, "x.actividad"),
            ],
            valor=numero("x.avance"),
            meta=numero("x.esperado"),
            titulo_valor="Avance (%)",
            titulo_meta="Debía (%)",
            bien="Al día",
            titulo_resultado="Contra lo esperado",
            sin_meta="—",
            despues=[semaforo(Columna("Estado", 1.8, "x.estado", "n"), BIEN, MAL)],
        ),
        alt="Avance de cada actividad del Programa: porcentaje, lo esperado y estado",
        epigrafe=epigrafe,
    )


def detalle_avance(d: DocumentoGT, lista: str = "datos.avance_programa") -> None:
    """Lo comprometido y lo hecho de cada actividad, con su evidencia."""
    d.lista_de(
        [
            Columna("Id.", 1.0, "x.id", negrita=True),
            Columna("Frente", 3.0, "frente(x.frente) or 'Pendiente'"),
            Columna("Comprometido", 3.2, "x.comprometido", opcional=True),
            Columna("Efectivo", 3.6, "x.efectivo", opcional=True),
            Columna("Regiones", 2.4, "x.regiones", "abrev", opcional=True),
            Columna("Evidencia", 3.4, "x.evidencia"),
        ],
        lista,
        alt="Lo comprometido y lo hecho en cada actividad, con regiones y evidencia",
        epigrafe="Lo comprometido y lo hecho, con su evidencia",
    )


def compromisos(
    d: DocumentoGT, lista: str = "datos.compromisos", *, epigrafe: str, pertinencia: bool = False
) -> None:
    """Cada recomendación con su compromiso, plazo, responsable e indicador."""
    d.lista_de(
        [
            Columna("N°", 0.9, "x.id", negrita=True),
            Columna("Frente", 2.4, "frente(x.frente) or 'Pendiente'"),
            Columna("Recomendación", 3.6, "x.recomendacion"),
            Columna("Compromiso", 3.6, "x.compromiso", opcional=pertinencia),
            Columna("Responsable", 2.6, "x.responsable", "cargo", opcional=pertinencia),
            Columna("Regiones", 1.8, "x.regiones", "abrev", opcional=True),
            Columna("Plazo", 1.9, "x.plazo", "mes_de", opcional=pertinencia),
            Columna("Indicador", 1.7, "x.indicador", opcional=pertinencia),
        ],
        lista,
        alt="Recomendaciones y compromisos: responsable, regiones, plazo e indicador",
        epigrafe=epigrafe,
    )


def indicadores(d: DocumentoGT, lista: str = "datos.mediciones", *, epigrafe: str) -> None:
    """Una barra por indicador, con la unidad de cada uno: de cero al mayor entre su valor y su meta."""
    valor = razon("x")
    barras(
        d,
        Barras(
            lista,
            antes=[
                Columna("Id.", 1.35, "x.indicador", negrita=True),
                Columna(
                    "Indicador", 4.2, "v(x.nombre) ~ (' (' ~ x.unidad ~ ')' if x.unidad is string else '')"
                ),
            ],
            valor=valor,
            meta=numero("x.meta"),
            tope=f"([{valor} or 0, {numero('x.meta')} or 0]|max or 100)",
            escala="100",
            unidad="x.unidad",
            menor="x.sentido|default('') == 'menor'",
        ),
        alt="Cada indicador contra su meta: valor, meta y distancia",
        epigrafe=epigrafe,
        junta=True,
    )


def cuentas(d: DocumentoGT, lista: str = "datos.mediciones") -> None:
    """De dónde sale cada valor: numerador, denominador, línea base, corte y explicación."""
    d.lista_de(
        [
            Columna("Id.", 1.4, "x.indicador", negrita=True),
            Columna("Línea base", 1.5, "cifra(x.linea_base) or '—'", lado="right"),
            Columna("Numerador", 1.8, "cifra(x.numerador) or '—'", lado="right"),
            Columna("Denominador", 1.9, "cifra(x.denominador) or '—'", lado="right"),
            Columna("Valor", 1.5, f"cifra({razon('x')}) or '—'", lado="right", negrita=True),
            Columna("Corte", 2.4, "x.corte", "mes_de"),
            Columna("Explicación", 6.1, "v(x.sin_medicion) or v(x.explicacion) or '—'"),
        ],
        lista,
        alt="Cómo se calculó cada indicador: numerador, denominador, valor y explicación",
        epigrafe="Cómo se calculó cada valor",
    )


def por_region(d: DocumentoGT, lista: str = "datos.mediciones") -> None:
    """Un cuadro por indicador que se mide por región: cada una contra la meta del país."""
    fuente = f"{seguro(lista)}|default([], true)"
    con_regiones = f"{fuente}|selectattr('por_region', 'defined')|selectattr('por_region')|list"
    with d.bucle(f"m in {con_regiones}"):
        piso = f"100 if m.unidad|default('') == '%' else ({numero('m.meta')} or 0)"
        d.parrafo(Tramo(tope("m.por_region", razon("y", "m.unidad"), piso)), estilo="Separador")
        barras(
            d,
            Barras(
                "(m.por_region)",
                antes=[
                    Columna("Región", 3.6, "v(x.region, 'region') or 'Pendiente'", negrita=True),
                    Columna(
                        "Cuenta",
                        1.7,
                        "cifra(x.numerador) ~ ' / ' ~ cifra(x.denominador)"
                        " if x.numerador is number and x.denominador is number else '—'",
                        lado="right",
                    ),
                ],
                valor=razon("x", "m.unidad"),
                meta=numero("m.meta"),
                tope="escala_.tope",
                unidad="m.unidad",
                menor="m.sentido|default('') == 'menor'",
            ),
            alt="Valor de cada región contra la meta",
            epigrafe="{{ v(m.indicador) }}: {{ v(m.nombre) }}"
            "{{ ' (' ~ m.unidad ~ ')' if m.unidad is string else '' }}, por región",
            junta=True,
        )
        with d.si("m.por_region|selectattr('sin_dato', 'defined')|selectattr('sin_dato')|list"):
            d.nota(
                "Sin dato: {% for x in m.por_region|selectattr('sin_dato', 'defined') %}"
                "{{ v(x.region, 'region') ~ ', ' ~ v(x.sin_dato) ~ ('' if loop.last else '; ') }}{% endfor %}."
            )


def transversales(d: DocumentoGT) -> None:
    """La sección optativa de procesos transversales."""
    with d.si("datos.procesos_transversales|default([], true)"):
        d.titulo(1, "Procesos transversales")
        d.lista_de(
            [
                Columna("Proceso", 3.6, "x.proceso", negrita=True),
                Columna("Situación", 6.0, "x.situacion"),
                Columna("Medida", 4.4, "x.medida", opcional=True),
                Columna("Responsable", 3.0, "x.responsable", "cargo", opcional=True),
            ],
            "datos.procesos_transversales",
            alt="Procesos transversales: situación, medida y responsable",
            epigrafe="Procesos que inciden en la perspectiva territorial",
            junta=True,
        )


def puntos(d: DocumentoGT, lista: str, *, ninguno: str = "", requisitos: str = "") -> None:
    """Una viñeta por elemento. Vacía, «Pendiente» o, si la lista está y `ninguno` lo dice, esas palabras."""
    fuente = f"({seguro(lista)}|default([], true))"
    tronco, _, ultima = seguro(lista).rpartition(".")
    if requisitos:
        d.intro("Lo que se observó.", requisitos=requisitos)
    with d.si(fuente):
        with d.bucle(f"linea in {fuente}"):
            d.vineta("{{ linea }}")
        d.si_no()
        if ninguno:
            esta = f"{tronco}.{ultima} is defined and {tronco}.{ultima} is not none"
            d.parrafo(
                f"{{% if {esta} %}}{ninguno}{{% endif %}}",
                gris(f"{{{{ p({tronco}.{ultima}) if not ({esta}) }}}}"),
            )
        else:
            d.parrafo(gris("Pendiente"))


def si_o_no(camino: str) -> str:
    """«Sí» o «No»; «Pendiente» si falta."""
    return f"(({camino}|si_no) if {camino} is defined and {camino} is not none else 'Pendiente')"


def rotulado(rotulo: str, *partes: str | Tramo) -> list[str | Tramo]:
    """Un párrafo que empieza con su rótulo en negrita."""
    return [Tramo(f"{rotulo}: ", "Strong"), *partes]


def abrir(d: DocumentoGT, texto: str, *, rotulos: Sequence[str] = (), requisitos: str = "") -> None:
    """El primer párrafo, con las macros de estos informes."""
    d.abrir(*trozos(texto), rotulos=(*ROTULOS, *rotulos), requisitos=requisitos, mas_macros=MACROS_INFORMES)
