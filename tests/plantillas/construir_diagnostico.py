"""Construye plantillas_docx/diagnostico.docx: el Informe de diagnóstico, con sus matrices por región.

`python tests/plantillas/construir_diagnostico.py` la escribe de nuevo.
"""

from pathlib import Path

from marco import Celda, parrafo
from marco_estilos import AZUL_TENUE
from piezas_gt import Columna, DocumentoGT, abreviaturas, fuente_propir, suma, tramitacion, trozos

RUTA = Path(__file__).parents[2] / "plantillas_docx" / "diagnostico.docx"
ROTULOS = (
    *("incorpora", "profundiza", "solo_desagrega", "no_corresponde", "no_es_posible", "a", "b", "c"),
    *(
        "sin_accion",
        "coordinacion",
        "complementariedad",
        "oferta_conjunta",
        "delegacion",
        "instruccion",
        "otra",
    ),
    *("administrar_programas", "ciclo_presupuestario", "adquisiciones_y_personal", "suscribir_compromisos"),
    *("delegada_ejercida", "delegada_no_ejercida", "no_delegada_necesaria", "ley", "acto"),
    *("oferta", "clientes", "gasto", "compromisos"),
    *("mensual", "bimestral", "trimestral", "cuatrimestral", "semestral", "anual"),
)
REGION = Columna("Región", 3.2, "x.region", "region", negrita=True)
AMBITOS = (
    ("Administrar programas en la región", "administrar_programas", "DIA-4.a"),
    ("Participar en el ciclo presupuestario", "ciclo_presupuestario", "DIA-4.b"),
    (
        "Gestionar adquisiciones o contratación de personal y servicios externos",
        "adquisiciones_y_personal",
        "DIA-4.c",
    ),
    ("Suscribir compromisos con otros organismos públicos", "suscribir_compromisos", "DIA-4.d"),
)


def _productos(d: DocumentoGT) -> None:
    d.titulo(1, "Productos estratégicos y perspectiva territorial")
    d.intro(
        "Se examinan todos los productos estratégicos, con sus subproductos y productos específicos, y se "
        "clasifica cada uno según si corresponde y si es posible incorporar o profundizar la perspectiva "
        "territorial.",
        requisitos="DIA-1",
    )
    d.lista_de(
        [
            Columna("Id.", 1.1, "x.id", negrita=True),
            Columna(
                "Producto estratégico", 3.7, "v(x.nombre) ~ (' (nuevo)' if x.nuevo|default(false) else '')"
            ),
            Columna(
                "Subproductos y específicos",
                4.0,
                "(x.subproductos|default([], true) + x.especificos|default([], true))|join('; ')",
            ),
            Columna("Clase", 3.0, "x.clase", "n"),
            Columna("Causales", 3.0, "x.causales", "nl", opcional=True),
            Columna("En el SGC", 1.4, "x.en_sgc", "si_no", lado="center"),
        ],
        "datos.productos",
        alt="Productos estratégicos: clase, causales y pertenencia al SGC",
        epigrafe="Productos estratégicos examinados y su clase",
        junta=True,
    )
    grupos = (
        ("Productos en que corresponde incorporarla", "corresponde", "incorpora", "DIA-1.1"),
        ("Productos que registran avance o ya la incorporan", "avance", "profundiza", "DIA-1.2"),
        ("Productos en que no corresponde", "no_corresponde", "no_corresponde", "DIA-1.3"),
    )
    for titulo, analisis, clase, requisito in grupos:
        d.titulo(2, titulo)
        d.texto_de(f"datos.analisis_productos.{analisis}", requisitos=requisito)
        with d.bucle(f"x in datos.productos|default([], true) if x.clase|default('') == '{clase}'"):
            detalle = "x.avance" if clase == "profundiza" else "x.razon"
            mostrar = f"{{% if {detalle} is defined and {detalle} %}}: {{{{ {detalle} }}}}{{% endif %}}"
            d.vineta("{{ v(x.id) }}, {{ v(x.nombre) }}" + mostrar)
    d.titulo(2, "Oferta y clase de producto en cada región")
    d.lista_de(
        [
            REGION,
            *(
                Columna(titulo, 2.4, _de_clase(clases), lado="center")
                for titulo, clases in (
                    ("Incorporar", "['incorpora']"),
                    ("Profundizar", "['profundiza']"),
                    ("Desagregar", "['solo_desagrega']"),
                    ("Sin aplicación", "['no_corresponde', 'no_es_posible']"),
                )
            ),
        ],
        "datos.informacion_regional",
        alt="Matriz de productos por región: identificadores de los productos ofrecidos, según su clase",
        epigrafe="Productos ofrecidos en cada región, según su clase",
    )


def _de_clase(clases: str) -> str:
    """Identificadores de los productos de esas clases que la región ofrece; una raya si no hay."""
    return (
        "(datos.productos|default([], true)|selectattr('clase', 'defined')"
        f"|selectattr('clase', 'in', {clases})|selectattr('id', 'defined')|selectattr('id', 'in', "
        f"x.oferta|default([], true))"
        "|map(attribute='id')|join(', '))|default('—', true)"
    )


def _regiones(d: DocumentoGT) -> None:
    d.titulo(1, "Características y acceso en cada región")
    d.intro(
        "Para cada producto en que corresponde, se examina región por región qué lo distingue y cómo se "
        "accede a él o se provee.",
        requisitos="DIA-1.4",
    )
    aplica = "x.clase|default('') in ['incorpora', 'profundiza']"
    with d.bucle(f"x in datos.productos|default([], true) if {aplica}"):
        d.titulo(2, "{{ v(x.id) }} {{ v(x.nombre) }}")
        d.lista_de(
            [
                Columna("Región", 3.2, "y.region", "region", negrita=True),
                Columna("Características en la región", 6.9, "y.caracteristicas"),
                Columna("Modo de acceso o provisión", 6.9, "y.acceso"),
            ],
            "datos.caracteristicas",
            variable="y",
            donde="y.producto|default('') == x.id|default('-')",
            alt="Características y modo de acceso del producto en cada región",
            epigrafe="{{ v(x.id) }}: características y acceso por región",
        )
    with d.si("not (datos.caracteristicas|default([], true))"):
        d.guia("Pendiente: una fila por producto y región.")
    d.titulo(1, "Complementariedad con servicios afines")
    d.intro(
        "Se distingue la coordinación (acuerdos operacionales), la complementariedad (se comparten "
        "diagnóstico, plan y recursos) y la oferta conjunta, que exige acuerdo escrito entre directivos.",
        requisitos="DIA-1.5",
    )
    d.lista_de(
        [
            REGION,
            Columna("Servicio afín", 4.2, "x.servicio_afin"),
            Columna("Productos", 1.8, "x.productos|default([], true)|join(', ')"),
            Columna("Oportunidad", 5.2, "x.oportunidad"),
            Columna("Nivel", 2.6, "x.nivel", "n"),
        ],
        "datos.complementariedad",
        alt="Complementariedad con servicios afines en cada región",
        epigrafe="Oportunidades de una oferta más integrada en cada región",
    )
    d.titulo(1, "Distribución en zonas prioritarias")
    d.intro(
        "Se revisa la distribución en cuatro tipos de zona. Las celdas sombreadas señalan territorios "
        "identificados.",
        requisitos="DIA-1.6",
    )
    d.lista_de(
        [
            REGION,
            *(
                Columna(titulo, 3.45, f"x.{campo}", fondo=_fondo_zona(campo))
                for titulo, campo in (
                    ("Extremas", "extremas"),
                    ("De difícil acceso", "dificil_acceso"),
                    ("Deprimidas económicamente", "deprimidas"),
                    ("De alta vulnerabilidad social", "vulnerables"),
                )
            ),
        ],
        "datos.distribucion",
        alt="Distribución por región y tipo de zona: extremas, de difícil acceso, deprimidas y vulnerables",
        epigrafe="Zonas prioritarias identificadas en cada región",
    )
    with d.si("datos.brechas_distribucion is defined and datos.brechas_distribucion"):
        d.parrafo("{{ datos.brechas_distribucion }}")


def _fondo_zona(campo: str) -> str:
    return f"'FFFFFF' if x.{campo}|default('No')|string|truncate(2, true, '') == 'No' else '{AZUL_TENUE}'"


def _medidas(d: DocumentoGT) -> None:
    d.titulo(1, "Medidas necesarias")
    d.texto_de("datos.sintesis_medidas", requisitos="DIA-2")
    grupos = (
        (
            "En productos en que es factible incorporarla",
            "Medidas de incorporación",
            "medidas_incorporar",
            "DIA-2.1",
        ),
        (
            "En productos en que corresponde desagregar información",
            "Medidas de desagregación",
            "medidas_desagregar",
            "DIA-2.2",
        ),
        (
            "En productos que ya la incluyen y es posible profundizarla",
            "Medidas de profundización",
            "medidas_profundizar",
            "DIA-2.3",
        ),
    )
    for titulo, epigrafe, lista, requisito in grupos:
        d.titulo(2, titulo)
        d.lista_de(
            [
                Columna("Id.", 1.2, "x.id", opcional=True, negrita=True),
                Columna("Medida", 6.2, "x.medida"),
                Columna("Productos", 1.9, "x.productos|default([], true)|join(', ')|default('—', true)"),
                Columna("Regiones", 2.6, "x.regiones", "abrev", opcional=True),
                Columna("Responsable", 3.3, "x.responsable", "cargo", opcional=True),
                Columna("Plazo", 1.9, "x.plazo_mes", "mes", opcional=True),
            ],
            f"datos.{lista}",
            alt=f"Medidas: {titulo.lower()}",
            epigrafe=epigrafe,
            requisitos=requisito,
            junta=True,
        )
    d.titulo(2, "Que dan mayor iniciativa a las jefaturas territoriales")
    d.intro(
        "Sobre todo las que les dan, o les amplían, la facultad de convenir con otros servicios metas comunes "
        "de recursos y de operación, y de llevarlas a cabo.",
        requisitos="DIA-2.4",
    )
    d.lista_de(
        [
            Columna("Id.", 1.0, "x.id", negrita=True),
            Columna("Medida", 4.7, "x.medida"),
            Columna("Tipo", 1.9, "x.tipo", "n"),
            Columna("Facultad", 1.5, "x.facultad", opcional=True),
            Columna("Regiones", 2.3, "x.regiones", "abrev", opcional=True),
            Columna("Responsable", 2.6, "x.responsable", "cargo"),
            Columna("Plazo", 1.9, "x.plazo_mes", "mes"),
            Columna("Evidencia", 2.2, "x.evidencia", opcional=True),
        ],
        "datos.medidas_iniciativa",
        alt="Medidas de la autoridad que dan mayor iniciativa a las jefaturas territoriales",
        epigrafe="Medidas de la autoridad propuestas",
        junta=True,
    )
    d.titulo(1, "Productos en que no es posible incorporarla")
    d.texto_de("datos.analisis_productos.no_posible", requisitos="DIA-3")
    d.lista_de(
        [
            Columna("Id.", 1.2, "x.id", negrita=True),
            Columna("Producto", 5.2, "x.nombre"),
            Columna("Razón", 10.6, "x.razon"),
        ],
        "datos.productos",
        donde="x.clase|default('') == 'no_es_posible'",
        vacio="No se identifican productos en esta situación.",
        alt="Productos en que no es posible incorporar la perspectiva territorial y sus razones",
        epigrafe="Productos en que no es posible y sus razones",
        junta=True,
    )


def _facultades(d: DocumentoGT) -> None:
    d.titulo(1, "Facultades de las jefaturas territoriales")
    d.intro(
        "Facultades que habilitan a las jefaturas territoriales para tomar la iniciativa, desconcentradas "
        "por ley o delegadas por acto, y pronunciamiento en cada uno de los cuatro ámbitos.",
        requisitos="DIA-4",
    )
    d.tabla(
        ["Ámbito", "Delegadas no ejercidas [DIA-4.1]", "No delegadas y necesarias [DIA-4.2]"],
        [5.0, 6.0, 6.0],
        [_ambito(*ambito) for ambito in AMBITOS],
        alt="Facultades por ámbito: delegadas no ejercidas y no delegadas necesarias",
        epigrafe="Pronunciamiento por ámbito",
        rotulo=True,
    )
    d.lista_de(
        [
            Columna("Id.", 0.9, "x.id", negrita=True),
            Columna("Facultad", 3.6, "x.nombre"),
            Columna("Ámbito", 2.4, "x.ambito", "n"),
            Columna("Estado", 2.3, "x.estado", "n"),
            Columna("Origen", 2.0, "n(x.origen) ~ (', ' ~ x.acto if x.acto is defined and x.acto else '')"),
            Columna("Regiones", 2.0, "x.regiones", "abrev"),
            Columna("Causa", 2.7, "x.causa", opcional=True),
            Columna("Medida", 1.3, "x.medida", opcional=True, lado="center"),
        ],
        "datos.facultades",
        alt="Facultades identificadas: ámbito, estado, origen, regiones y medida",
        epigrafe="Facultades identificadas",
        junta=True,
    )


def _ambito(titulo: str, clave: str, requisito: str) -> list[Celda]:
    celdas = [
        parrafo(*trozos(f"datos.ambitos_facultades.{clave}.{campo}"), estilo="TextoTabla")
        for campo in ("no_ejercidas", "necesarias")
    ]
    return [f"{titulo} [{requisito}]", *celdas]


def _informacion(d: DocumentoGT) -> None:
    d.titulo(1, "Sistemas e información por región")
    d.intro(
        "Sistemas que deben llevar y entregar la información por región, o con otro detalle del territorio, y "
        "los contenidos de interés regional del año.",
        requisitos="DIA-5",
    )
    d.lista_de(
        [
            Columna("Id.", 1.1, "x.id", negrita=True),
            Columna("Sistema", 4.6, "x.nombre"),
            Columna("Responsable", 3.7, "x.responsable", "cargo"),
            Columna("Desagregación actual", 2.2, "x.desagregacion_actual"),
            Columna("Desagregación necesaria", 2.8, "x.desagregacion_necesaria"),
            Columna("Contenidos", 2.6, "x.contenidos", "nl"),
        ],
        "datos.sistemas",
        alt="Sistemas de información y su desagregación actual y necesaria",
        epigrafe="Sistemas de información",
        junta=True,
    )
    d.titulo(2, "Oferta de productos y personas programadas")
    regional = "datos.informacion_regional"
    d.lista_de(
        [
            REGION,
            Columna("Oferta", 2.5, "x.oferta|default([], true)|join(', ')"),
            Columna("Personas", 1.8, "x.beneficiarios", "miles", lado="right"),
            Columna("Localización", 4.4, "x.localizacion"),
            Columna("Características", 5.1, "x.caracteristicas"),
        ],
        regional,
        totales=["Total", "", suma(regional, "beneficiarios"), "", ""],
        alt="Oferta, personas programadas, localización y características por región",
        epigrafe="Oferta y clientes/usuarios/beneficiarios programados para {{ doc.anio }}",
        requisitos="DIA-5.1, DIA-5.2",
    )
    d.titulo(2, "Gasto anual programado e inversiones comprometidas")
    fuente_propir(d, "Montos en miles de pesos (M$).", "DIA-5.3")
    proporcion = (
        "((100 * x.inversion / x.gasto)|round(1)|string)|replace('.', ',') ~ ' %' "
        "if x.inversion is number and x.gasto is number and x.gasto else '—'"
    )
    d.lista_de(
        [
            Columna("Región", 6.2, "x.region", "region", negrita=True),
            Columna("Gasto programado (M$)", 3.8, "x.gasto", "miles", lado="right"),
            Columna("Inversión PROPIR (M$)", 3.8, "x.inversion", "miles", lado="right"),
            Columna("Inversión sobre gasto", 3.2, proporcion, lado="right"),
        ],
        regional,
        totales=["Total", suma(regional, "gasto"), suma(regional, "inversion"), ""],
        alt="Gasto anual programado e inversión comprometida por región, en miles de pesos",
        epigrafe="Gasto programado e inversión comprometida en el PROPIR",
    )
    d.titulo(2, "Compromisos formalizados")
    compromisos = "datos.compromisos_formalizados"
    d.lista_de(
        [
            Columna("Regiones", 2.2, "x.regiones", "abrev", negrita=True),
            Columna("Instrumento", 3.2, "x.instrumento"),
            Columna("Contraparte", 4.3, "x.contraparte"),
            Columna("Compromiso", 5.3, "x.compromiso"),
            Columna("Monto (M$)", 2.0, "x.monto", "miles", lado="right"),
        ],
        compromisos,
        totales=["Total", "", "", "", suma(compromisos, "monto")],
        alt="Compromisos de gasto e inversión formalizados en convenios o programas",
        epigrafe="Compromisos formalizados en convenios o programas de complementariedad",
        requisitos="DIA-5.4",
    )
    d.titulo(2, "Información que se proveerá a cada gobierno regional")
    d.lista_de(
        [
            Columna("Regiones", 6.2, "x.regiones", "abrev", negrita=True),
            Columna("Contenido", 4.6, "x.contenido", "nl"),
            Columna("Regularidad", 2.4, "x.regularidad", "n"),
            Columna("Origen", 3.8, "x.fuente", opcional=True),
        ],
        "datos.provision_gore",
        alt="Información que se proveerá regularmente a cada gobierno regional",
        epigrafe="Provisión regular a los gobiernos regionales",
        requisitos="DIA-5.5",
    )


def _transversales(d: DocumentoGT) -> None:
    with d.si("datos.procesos_transversales|default([], true)"):
        d.titulo(1, "Procesos transversales")
        d.lista_de(
            [
                Columna("Proceso", 3.4, "x.proceso", negrita=True),
                Columna("Situación", 6.0, "x.hallazgo"),
                Columna("Medida", 4.4, "x.medida", opcional=True),
                Columna("Responsable", 3.2, "x.responsable", "cargo", opcional=True),
            ],
            "datos.procesos_transversales",
            alt="Procesos transversales que inciden en la perspectiva territorial",
            epigrafe="Procesos que inciden en la perspectiva territorial",
            junta=True,
        )


def construir() -> bytes:
    """Los bytes de la plantilla."""
    d = DocumentoGT("diagnostico", "Informe de diagnóstico")
    d.portada()
    d.titulo(1, "Alcance y método")
    d.abrir(*trozos("datos.alcance"), rotulos=ROTULOS)
    _productos(d)
    _regiones(d)
    _medidas(d)
    _facultades(d)
    _informacion(d)
    _transversales(d)
    tramitacion(d, "Este diagnóstico", "DIA-F", implementa=False)
    abreviaturas(d)
    d.control_de_cambios()
    return d.bytes()


if __name__ == "__main__":
    RUTA.write_bytes(construir())
