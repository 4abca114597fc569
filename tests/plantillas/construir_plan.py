"""Construye plantillas_docx/plan.docx: el Plan, con su diseño lógico y sus fichas de indicadores.

`python tests/plantillas/construir_plan.py` la escribe de nuevo.
"""

from pathlib import Path

from marco import Tramo
from piezas_gt import Columna, DocumentoGT, abreviaturas, fuente_propir, suma, tramitacion, trozos

RUTA = Path(__file__).parents[2] / "plantillas_docx" / "plan.docx"
ROTULOS = (
    *(
        "valor_estrategico",
        "complementariedad",
        "ambos",
        "extremas",
        "dificil_acceso",
        "deprimidas",
        "vulnerables",
    ),
    *(
        "actividad",
        "inversion",
        "delegacion",
        "instruccion",
        "otra",
        "oferta",
        "clientes",
        "gasto",
        "compromisos",
    ),
    *("mensual", "bimestral", "trimestral", "cuatrimestral", "semestral", "anual"),
    *("vigente", "por_renovar", "en_negociacion", "recoleccion", "procesamiento", "analisis", "difusion"),
    *("productos", "sistema_informacion", "mayor", "menor"),
)
REGION = Columna("Región", 3.4, "x.region", "region", negrita=True)
MEJORA = (
    Columna("Obj.", 1.2, "x.objetivo", negrita=True),
    Columna("Producto", 1.6, "x.producto"),
    Columna("Regiones", 3.2, "x.regiones", "abrev"),
)
FICHA_INDICADOR = (
    ("Evalúa", "x.evalua", "n"),
    ("Objetivo que mide", "x.objetivo", ""),
    ("Fórmula de cálculo", "x.formula", ""),
    ("Unidad · sentido", "v(x.unidad) ~ ' · ' ~ n(x.sentido)", ""),
    ("Línea base", "x.linea_base", ""),
    ("Meta {{ doc.anio }}", "x.meta", ""),
    ("Frecuencia", "x.frecuencia", "n"),
    ("Responsable de medir", "x.responsable", "cargo"),
    ("Medio de verificación", "x.medio_verificacion", ""),
    ("Recolección", "x.recoleccion", ""),
    ("Sistematización", "x.sistematizacion", ""),
    (
        "Se mide por región · en el SIG",
        "(x.por_region|si_no if x.por_region is defined else '—') ~ ' · ' ~ (x.en_sig|si_no if x.en_sig is "
        "defined else '—')",
        "",
    ),
)


def _productos(d: DocumentoGT) -> None:
    d.titulo(1, "Productos seleccionados")
    d.texto_de("datos.criterio_seleccion", requisitos="PLA-A")
    d.lista_de(
        [
            Columna("Id.", 1.2, "x.id", negrita=True),
            Columna("Producto", 4.6, "v(x.nombre) ~ (' (nuevo)' if x.nuevo|default(false) else '')"),
            Columna("Motivo", 3.2, "x.motivo", "n"),
            Columna("Fundamento", 8.0, "x.fundamento"),
        ],
        "datos.productos",
        alt="Productos seleccionados, motivo y fundamento",
        epigrafe="Productos que el Plan compromete",
        junta=True,
    )


def _objetivos(d: DocumentoGT) -> None:
    d.titulo(1, "Objetivos para los productos")
    d.titulo(2, "Objetivo general")
    d.texto_de("datos.objetivo_general_productos", requisitos="PLA-A.1")
    d.lista_de(
        [REGION, Columna("Énfasis", 9.8, "x.enfasis"), Columna("Productos", 3.8, _lista("productos"))],
        "datos.objetivos_regionales",
        alt="Expresión del objetivo general en cada región",
        epigrafe="El objetivo general en cada región",
    )
    d.titulo(2, "Objetivos específicos")
    d.lista_de(
        [
            Columna("Id.", 1.2, "x.id", negrita=True),
            Columna("Objetivo específico", 10.0, "x.texto"),
            Columna("Productos", 2.8, _lista("productos")),
            Columna("Se verifica con", 3.0, _lista("indicadores")),
        ],
        "datos.objetivos_productos",
        alt="Objetivos específicos vinculados a los productos y a sus indicadores",
        epigrafe="Objetivos específicos, vinculados a productos y verificables",
        requisitos="PLA-A.2",
        junta=True,
    )
    d.titulo(2, "Mejoras comprometidas")
    d.lista_de(
        [*MEJORA, Columna("Mejora", 11.0, "x.mejora")],
        "datos.mejoras_acceso",
        alt="Mejoras en características, modo de acceso y provisión",
        epigrafe="Características, modos de acceso y provisión",
        requisitos="PLA-A.2.a",
        junta=True,
    )
    d.lista_de(
        [*MEJORA, Columna("Servicio afín", 4.4, "x.servicio_afin"), Columna("Mejora", 6.6, "x.mejora")],
        "datos.mejoras_complementariedad",
        alt="Mejoras en complementariedad con servicios afines",
        epigrafe="Complementariedad con servicios afines",
        requisitos="PLA-A.2.b",
        junta=True,
    )
    d.lista_de(
        [*MEJORA, Columna("Zonas", 4.4, "x.zonas", "nl"), Columna("Mejora", 6.6, "x.mejora")],
        "datos.mejoras_distribucion",
        alt="Mejoras en la distribución por tipo de zona",
        epigrafe="Distribución, para reducir inequidades territoriales",
        requisitos="PLA-A.2.c",
        junta=True,
    )


def _lista(campo: str) -> str:
    return f"x.{campo}|default([], true)|join(', ')"


def _propir(d: DocumentoGT) -> None:
    d.titulo(1, "Compromisos del Programa Público de Inversión en la Región")
    fuente_propir(d, "Compromisos anuales de actividades e inversiones, en miles de pesos (M$).", "PLA-A.3")
    compromisos = "datos.compromisos_propir"
    d.lista_de(
        [
            Columna("Región", 4.2, "x.region", "region", negrita=True),
            Columna("Actividad o inversión", 6.8, "x.actividad"),
            Columna("Tipo", 2.0, "x.tipo", "n"),
            Columna("Producto", 1.8, "x.producto", opcional=True, lado="center"),
            Columna("Monto (M$)", 2.2, "x.monto", "miles", lado="right"),
        ],
        compromisos,
        totales=["Total", "", "", "", suma(compromisos, "monto")],
        alt="Compromisos de actividades e inversiones por región, en miles de pesos",
        epigrafe="Actividades e inversiones comprometidas por región",
    )
    d.lista_de(
        [
            Columna("Región", 6.2, "r.nombre", negrita=True),
            Columna("Actividades (M$)", 3.6, _subtotal("actividad"), lado="right"),
            Columna("Inversiones (M$)", 3.6, _subtotal("inversion"), lado="right"),
            Columna("Total (M$)", 3.6, _subtotal(""), lado="right"),
        ],
        "regiones",
        variable="r",
        totales=[
            "Total",
            _total("actividad"),
            _total("inversion"),
            suma(compromisos, "monto"),
        ],
        alt="Resumen por región de los compromisos, en miles de pesos",
        epigrafe="Resumen por región",
    )


def _filtro(tipo: str) -> str:
    filas = "datos.compromisos_propir|default([], true)|selectattr('monto', 'number')"
    if tipo:
        filas += f"|selectattr('tipo', 'defined')|selectattr('tipo', 'equalto', '{tipo}')"
    return filas


def _subtotal(tipo: str) -> str:
    en_region = "|selectattr('region', 'defined')|selectattr('region', 'equalto', r.cod)"
    return f"({_filtro(tipo)}{en_region}|sum(attribute='monto'))|miles"


def _total(tipo: str) -> str:
    return f"{{{{ {_filtro(tipo)}|sum(attribute='monto')|miles }}}}"


def _variables(d: DocumentoGT) -> None:
    d.titulo(1, "Variables externas")
    d.intro(
        "Factores ajenos a la gestión del Servicio que pueden afectar la aplicación del Plan.",
        requisitos="PLA-A.4",
    )
    variables = "datos.variables_externas"
    sin_variables = f"{variables} is defined and {variables}.se_identifican|default(true) == false"
    with d.si(sin_variables):
        d.texto_de("datos.variables_externas.declaracion", rotulo="No se identifican")
        d.parrafo(Tramo("Declara: ", "Strong"), *trozos("datos.variables_externas.declara", "cargo"))
        d.si_no()
        d.lista_de(
            [
                Columna("Variable externa", 4.2, "x.variable", negrita=True),
                Columna("Regiones", 2.6, "x.regiones", "abrev"),
                Columna("Efecto", 3.8, "x.efecto", opcional=True),
                Columna("Mitigación o contingencia", 4.2, "x.mitigacion"),
                Columna("Responsable", 2.8, "x.responsable", "cargo", opcional=True),
            ],
            "datos.variables_externas.detalle",
            alt="Variables externas, efecto, mitigación y responsable",
            epigrafe="Variables externas y su tratamiento",
            junta=True,
        )


def _medidas(d: DocumentoGT) -> None:
    d.titulo(1, "Medidas de implementación")
    d.intro(
        "Decisiones de la autoridad que hacen factible el Plan; en especial, las que dan a las jefaturas "
        "territoriales mayor iniciativa y facultades para metas de complementariedad financiera y "
        "operacional.",
        requisitos="PLA-A.5",
    )
    d.lista_de(
        [
            Columna("Id.", 1.0, "x.id", negrita=True),
            Columna("Medida", 4.8, "x.medida"),
            Columna("Tipo", 1.9, "x.tipo", "n"),
            Columna("Facultad", 1.5, "x.facultad", opcional=True, lado="center"),
            Columna("Regiones", 2.2, "x.regiones", "abrev"),
            Columna("Responsable", 2.6, "x.responsable", "cargo"),
            Columna("Plazo", 1.9, "x.plazo_mes", "mes"),
            Columna("Evidencia", 2.2, "x.evidencia"),
        ],
        "datos.medidas",
        alt="Medidas de implementación",
        epigrafe="Medidas de la autoridad",
        junta=True,
    )


def _informacion(d: DocumentoGT) -> None:
    d.titulo(1, "Información por región en los sistemas")
    d.texto_de("datos.informacion_segun_diagnostico", requisitos="PLA-B")
    d.titulo(2, "Objetivo general de información")
    d.texto_de("datos.objetivo_general_informacion", requisitos="PLA-B.1")
    d.titulo(2, "Objetivos específicos de información")
    d.lista_de(
        [
            Columna("Id.", 1.5, "x.id", negrita=True),
            Columna("Contenido", 2.3, "x.contenido", "n"),
            Columna("Objetivo específico", 6.4, "x.texto"),
            Columna("Sistema", 1.9, "x.sistema"),
            Columna("Desagregación", 2.8, "x.desagregacion", opcional=True),
            Columna("Se verifica con", 2.1, _lista("indicadores") + "|default('—', true)"),
        ],
        "datos.objetivos_informacion",
        alt="Objetivos específicos de información por contenido de interés regional",
        epigrafe="Objetivos por contenido de interés regional",
        requisitos="PLA-B.2",
        junta=True,
    )
    d.titulo(1, "Acuerdos de información con los gobiernos regionales")
    d.intro(
        "Procedimiento acordado con cada gobierno regional para proveerle regularmente la información de "
        "interés regional: formato, contenido y periodicidad.",
        requisitos="PLA-B.3",
    )
    with d.si("datos.es_gore|default('') == false"):
        d.nota("El Servicio no es un gobierno regional: no corresponden medidas de recepción de información.")
    d.lista_de(
        [
            Columna("Gobierno regional", 3.6, "x.region", "region", negrita=True),
            Columna("Estado", 2.1, "x.estado", "n"),
            Columna("Formato", 3.0, "x.formato"),
            Columna("Contenido", 3.5, "x.contenido", "nl"),
            Columna("Periodicidad", 2.0, "x.periodicidad", "n"),
            Columna("Entregas", 2.8, _meses_entrega()),
        ],
        "datos.acuerdos_gore",
        alt="Acuerdos con los gobiernos regionales: formato, contenido, periodicidad y meses de entrega",
        epigrafe="Formato, contenido y periodicidad acordados",
    )
    with d.si("datos.es_gore|default(false)"):
        d.titulo(2, "Recepción y administración de la información")
        d.lista_de(
            [
                Columna("Medida", 12.0, "x.medida"),
                Columna("Responsable", 5.0, "x.responsable", "cargo"),
            ],
            "datos.recepcion_gore.medidas",
            alt="Medidas para recibir y administrar la información de los servicios",
            epigrafe="Medidas para recibir y administrar la información",
            requisitos="PLA-B.4",
            junta=True,
        )
        d.texto_de("datos.recepcion_gore.registro", rotulo="Registro de cumplimiento")


def _meses_entrega() -> str:
    return "x.meses_entrega|default([], true)|map('mes')|map('truncate', 3, true, '', 0)|join(', ')"


def _indicadores(d: DocumentoGT) -> None:
    d.titulo(1, "Indicadores de desempeño")
    d.intro(
        "Los indicadores evalúan los resultados del Plan y las mejoras del sistema de información. El "
        "resumen es seguido por la ficha de cada uno.",
        requisitos="IND-1, IND-1.a, IND-1.b, IND-1.c, IND-1.d",
    )
    d.lista_de(
        [
            Columna("Id.", 1.6, "x.id", negrita=True),
            Columna("Indicador", 5.6, "x.nombre"),
            Columna("Objetivo", 1.7, "x.objetivo", lado="center"),
            Columna("Línea base", 1.7, "x.linea_base", lado="right"),
            Columna("Meta", 1.5, "x.meta", lado="right"),
            Columna("Unidad", 2.1, "x.unidad"),
            Columna("Frecuencia", 2.2, "x.frecuencia", "n"),
        ],
        "datos.indicadores",
        alt="Resumen de indicadores: objetivo, línea base, meta y frecuencia",
        epigrafe="Resumen de indicadores",
        junta=True,
    )
    with d.bucle("x in datos.indicadores|default([], true)"):
        d.titulo(2, "{{ v(x.id) }} {{ v(x.nombre) }}")
        d.ficha_de(FICHA_INDICADOR, alt="Ficha del indicador")


def _diseno(d: DocumentoGT) -> None:
    d.titulo(1, "Anexo: diseño lógico del sistema de información")
    d.texto_de("datos.diseno_logico.proposito", requisitos="PLA-C")
    d.lista_de(
        [
            Columna("Id.", 1.0, "x.id", negrita=True),
            Columna("Sistema", 3.0, "x.nombre"),
            Columna("Función", 4.4, "x.funcion"),
            Columna("Hoy", 2.0, "x.desagregacion_actual"),
            Columna("Meta", 2.8, "x.desagregacion_meta"),
            Columna("Responsable", 3.8, "x.responsable", "cargo"),
        ],
        "datos.diseno_logico.sistemas",
        alt="Sistemas que intervienen, su función y su desagregación territorial",
        epigrafe="Sistemas y desagregación territorial",
        junta=True,
    )
    d.lista_de(
        [
            Columna("Entidad", 3.6, "x.entidad", negrita=True),
            Columna("Atributos", 7.4, _lista("atributos")),
            Columna("Clave territorial", 4.2, "x.clave_territorial"),
            Columna("Sistema", 1.8, "x.sistema"),
        ],
        "datos.diseno_logico.entidades",
        alt="Entidades de información, atributos y clave territorial",
        epigrafe="Entidades de información",
        junta=True,
    )
    d.lista_de(
        [
            Columna("Etapa", 2.4, "x.etapa", "n", negrita=True),
            Columna("Origen → destino", 5.8, "v(x.origen) ~ ' → ' ~ v(x.destino)"),
            Columna("Contenido", 6.0, "x.contenido"),
            Columna("Periodicidad", 2.8, "x.periodicidad"),
        ],
        "datos.diseno_logico.flujos",
        alt="Flujos de información por etapa: origen, destino, contenido y periodicidad",
        epigrafe="Flujos de información por etapa de la estadística",
        junta=True,
    )
    d.lista_de(
        [
            Columna("Producto de información", 5.4, "x.salida", negrita=True),
            Columna("Destinatario", 4.0, "x.destinatario"),
            Columna("Desagregación", 4.0, "x.desagregacion"),
            Columna("Formato", 3.6, "x.formato"),
        ],
        "datos.diseno_logico.salidas",
        alt="Productos de información, destinatario y desagregación",
        epigrafe="Productos de información",
        junta=True,
    )
    resguardos = "(datos.diseno_logico|default('', true)).resguardos|default([], true)"
    with d.si(resguardos):
        d.titulo(2, "Calidad y resguardo de los datos")
        with d.bucle(f"linea in {resguardos}"):
            d.vineta("{{ linea }}")


def construir() -> bytes:
    """Los bytes de la plantilla."""
    d = DocumentoGT("plan", "Plan de perspectiva territorial")
    d.portada()
    d.titulo(1, "Antecedentes")
    d.abrir(
        "{{ datos.antecedentes if datos.antecedentes is defined and datos.antecedentes else "
        "'Este Plan considera los resultados del diagnóstico territorial del año.' }}",
        rotulos=ROTULOS,
    )
    _productos(d)
    _objetivos(d)
    _propir(d)
    _variables(d)
    _medidas(d)
    _informacion(d)
    _indicadores(d)
    tramitacion(d, "Este Plan", "PLA-F", implementa=True)
    abreviaturas(d)
    _diseno(d)
    d.control_de_cambios()
    return d.bytes()


if __name__ == "__main__":
    RUTA.write_bytes(construir())
