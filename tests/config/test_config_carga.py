"""Cargar la configuración: qué servicios se aceptan y qué se dice, palabra por palabra, de los errores."""

from datetime import date

import pytest

from sgc_gt.config.carga import cargar
from sgc_gt.config.circuitos import POR_OMISION
from sgc_gt.dominio.regiones import TODAS_2010
from sgc_gt.dominio.servicio import PasoCircuito, Seccion, Serie
from sgc_gt.errores import ConfiguracionInvalida

SGC = """\
esquema: 1
servicio: {nombre: Servicio de Prueba, sigla: SP}
codigos:
  areas: {SGC: Calidad}
cargos:
  jefe: {nombre: Jefe/a, subrogantes: [cdoc]}
  cdoc: {nombre: Control Documental}
personas:
  - {correo: jefe@sp.cl, cargo: jefe, desde: 2026-01-01}
  - {correo: cdoc@sp.cl, cargo: cdoc, desde: 01-02-2026}
roles: {control_documental: [cdoc], jefe_servicio: [jefe]}
"""
TIPO = "nombre: Procedimiento\nprefijo: PR\nclase: documento\ncircuito: normal\n"


def con(extra: str = "", tipos: dict[str, str] | None = None, series: str = "", base: str = SGC):
    archivos = {"sgc.yaml": (base + extra).encode()}
    archivos |= {f"plantillas_docx/{t}.yaml": texto.encode() for t, texto in (tipos or {}).items()}
    if series:
        archivos["registros/series.yaml"] = series.encode()
    return cargar(archivos)


def dicho(
    extra: str = "", tipos: dict[str, str] | None = None, series: str = "", base: str = SGC
) -> list[str]:
    with pytest.raises(ConfiguracionInvalida) as error:
        con(extra, tipos, series, base)
    assert error.value.salida == 2
    return [str(p) for p in error.value.problemas]


def cambiado(antes: str, despues: str) -> list[str]:
    assert antes in SGC
    return dicho(base=SGC.replace(antes, despues))


def test_un_tipo_dice_si_su_serie_recibe_registros_sin_circuito():
    acuerdo = TIPO.replace("documento", "registro") + "serie: RG-SGC-01\narchivo_directo: true\n"
    series = "series: [{codigo: RG-SGC-01, nombre: Acuerdo, responsable: cdoc}]\n"
    servicio = con(tipos={"procedimiento": TIPO, "acuerdo": acuerdo}, series=series)
    assert [servicio.tipos[t].archivo_directo for t in ("procedimiento", "acuerdo")] == [False, True]


def test_lo_minimo_carga_con_lo_que_viene_puesto():
    servicio = con(tipos={"procedimiento": TIPO})
    assert servicio.mascara.formar("PR", "SGC", 1) == "PR-SGC-01"
    assert servicio.formato.inicial() == "01"
    assert servicio.circuitos == POR_OMISION
    assert (len(servicio.regiones), servicio.norma, servicio.paquetes) == (16, "ISO 9001:2015", ("sgc", "gt"))
    assert servicio.personas[1].desde == date(2026, 2, 1)
    assert servicio.cargos["jefe"].subrogantes == ("cdoc",)
    assert servicio.leyenda
    tipo = servicio.tipos["procedimiento"]
    assert (tipo.revision_meses, tipo.aprobacion) == (24, ("firma", "pdf_firmado", "resolucion"))


def test_los_circuitos_puestos_dejan_el_respaldo_al_tipo():
    aprobar = [p for pasos in POR_OMISION.values() for p in pasos if p.acto == "aprobar"]
    assert [p.evidencia for p in aprobar] == [()] * 4
    assert all("elabora" in p.distinto_de for p in aprobar)


def test_otra_mascara():
    servicio = con(base=SGC.replace("codigos:\n", 'codigos:\n  mascara: "{area}-{tipo}-{nnn}"\n'))
    assert servicio.mascara.formar("PR", "SGC", 1) == "SGC-PR-001"


def test_otro_formato_de_version():
    formato = con('versiones: {primera: 0, ancho: 1, separador_menor: "_"}\n').formato
    assert (formato.inicial(), formato.siguiente("0"), formato.siguiente("0", menor=True)) == (
        "0",
        "1",
        "0_1",
    )


def test_un_circuito_propio_sin_visacion_y_con_dos_revisores():
    servicio = con(
        "circuitos:\n"
        "  con_visacion:\n"
        "    - {acto: revisar, rol: revisa, cuantos: 2, distinto_de: [elabora], fuente: practica}\n"
        "    - {acto: aprobar, rol: jefe_servicio, evidencia: [resolucion]}\n"
        "    - {acto: emitir, rol: cdoc}\n"
    )
    assert servicio.circuitos["con_visacion"] == (
        PasoCircuito("revisar", "revisa", 2, ("elabora",), (), "practica"),
        PasoCircuito("aprobar", "jefe_servicio", evidencia=("resolucion",)),
        PasoCircuito("emitir", "cdoc"),
    )
    assert servicio.circuitos["normal"] == POR_OMISION["normal"]


def test_un_servicio_de_2010_tiene_quince_regiones():
    servicio = con(
        'norma: "ISO 9001:2008"\nregiones: todas_2010\n',
        base=SGC.replace("roles: {", "roles: {jefatura_territorial: [dr], ").replace(
            "cargos:\n",
            "cargos:\n"
            "  dr: {nombre: Director/a Regional, por_region: true, subrogantes: [sub, jefe]}\n"
            "  sub: {nombre: Subdirector/a, por_region: true}\n",
        ),
    )
    assert servicio.norma == "ISO 9001:2008"
    assert servicio.regiones == TODAS_2010
    assert len([c for c in servicio.cargos.values() if c.id.startswith("dr-")]) == 15
    arica = servicio.cargos["dr-15"]
    assert (arica.nombre, arica.region) == ("Director/a Regional, Arica y Parinacota", "15")
    assert arica.subrogantes == ("sub-15", "jefe")
    assert (
        servicio.con_rol("jefatura_territorial")
        == servicio.con_rol("dr")
        == tuple(f"dr-{r}" for r in TODAS_2010)
    )


def test_las_regiones_en_lista_quedan_de_norte_a_sur():
    assert con("regiones: ['01', '16', '15']\n").regiones == ("15", "01", "16")
    assert con("regiones: []\n").regiones == ()


def test_sin_gt_nada_de_gt_se_carga():
    series = (
        "series:\n"
        "  - {codigo: RG-GT-01, nombre: Diagnóstico, paquete: gt, responsable: encargado_gt}\n"
        "  - {codigo: RG-SGC-02, nombre: Toma de conocimiento, responsable: cdoc, retencion_anios: null}\n"
    )
    plan = "nombre: Plan\nprefijo: PL\nclase: documento\npaquete: gt\ncircuito: de_otro\n"
    servicio = con(
        "paquetes: [sgc]\ntipos: {plan: {revision_meses: 6}}\n", {"procedimiento": TIPO, "plan": plan}, series
    )
    assert list(servicio.tipos) == ["procedimiento"]
    assert servicio.series == {"RG-SGC-02": Serie("RG-SGC-02", "Toma de conocimiento", "cdoc")}


def test_el_servicio_cambia_lo_que_dice_un_tipo():
    tipo = con(
        "tipos: {procedimiento: {circuito: menor, revision_meses: 36, aprobacion: [resolucion]}}\n",
        {"procedimiento": TIPO + "secciones: [{titulo: Objetivo, requisitos: [EST-1]}, {titulo: Alcance}]\n"},
    ).tipos["procedimiento"]
    assert (tipo.circuito, tipo.revision_meses, tipo.aprobacion) == ("menor", 36, ("resolucion",))
    assert tipo.secciones == (Seccion("Objetivo", ("EST-1",)), Seccion("Alcance"))


def test_un_archivo_no_lleva_plantilla():
    archivo = TIPO.replace("documento", "archivo")
    servicio = con(tipos={"a": archivo, "b": archivo + "con_plantilla: true\n", "c": TIPO})
    assert [servicio.tipos[t].con_plantilla for t in "abc"] == [False, True, True]


def test_los_correos_se_comparan_en_minusculas():
    assert con(base=SGC.replace("jefe@sp.cl", "Jefe@SP.cl")).personas[0].correo == "jefe@sp.cl"


def test_lo_que_el_procedimiento_prohibe_en_los_datos_carga():
    con("excepciones: [{documento: FO-GT-06, regla: segregacion, motivo: Oficina de una persona}]\n")


@pytest.mark.parametrize(
    ("antes", "despues", "mensaje"),
    [
        (
            "cargo: cdoc, desde",
            "crago: cdoc, desde",
            "sgc.yaml:10: personas[2](correo='cdoc@sp.cl')."
            "crago: clave desconocida (¿quiso escribir «cargo»?)",
        ),
        (
            "cargo: cdoc, desde",
            "cargo: cdco, desde",
            "sgc.yaml:10: personas[2](correo='cdoc@sp.cl')."
            "cargo: «cdco» no es un cargo (¿quiso escribir «cdoc»?)",
        ),
        (", cargo: cdoc, desde", ", desde", "sgc.yaml:10: personas[2](correo='cdoc@sp.cl').cargo: falta"),
        (
            "2026-01-01",
            "2026-02-30",
            "sgc.yaml:9: personas[1](correo='jefe@sp.cl').desde: «2026-02-30» no existe en el calendario",
        ),
        (
            "2026-01-01",
            "enero",
            "sgc.yaml:9: personas[1](correo='jefe@sp.cl').desde: «enero» no sirve: "
            "se espera una fecha AAAA-MM-DD o DD-MM-AAAA",
        ),
        (
            "2026-01-01",
            "2026-01-01, hasta: 2025-01-01",
            "sgc.yaml:9: personas[1](correo='jefe@sp.cl').hasta: es anterior a «desde»",
        ),
        (
            "[cdoc]}\n  cdoc",
            "[jefe]}\n  cdoc",
            "sgc.yaml:6: cargos.jefe.subrogantes[1]: un cargo no se subroga a sí mismo",
        ),
        (
            "[cdoc]}\n  cdoc",
            "[subdirector]}\n  cdoc",
            "sgc.yaml:6: cargos.jefe.subrogantes[1]: «subdirector» no es un cargo (hay: cdoc, jefe)",
        ),
        (", jefe_servicio: [jefe]", "", "sgc.yaml:11: roles.jefe_servicio: falta"),
        ("[jefe]}\n", "[]}\n", "sgc.yaml:11: roles.jefe_servicio: está vacío"),
        (
            "roles: {",
            "roles: {cdoc: [jefe], ",
            "sgc.yaml:11: roles.cdoc: un cargo ya tiene esa clave; use otra",
        ),
        (
            "sigla: SP",
            "sigla: 12",
            "sgc.yaml:2: servicio.sigla: debe ser un texto; escríbalo entre comillas: '12'",
        ),
        ("sigla: SP", "sigla: ", "sgc.yaml:2: servicio.sigla: está vacío"),
        (
            "sigla: SP",
            "sigla: SP, es_gore: sí",
            "sgc.yaml:2: servicio.es_gore: debe ser true (sí) o false (no), no «sí»",
        ),
        (
            "sigla: SP",
            "sigla: SP, zona_horaria: America/Santigo",
            "sgc.yaml:2: servicio.zona_horaria: «America/Santigo» no es una zona horaria "
            "(¿quiso escribir «America/Santiago»?)",
        ),
        ("esquema: 1", "esquema: 2", "sgc.yaml:1: esquema: «2» no es uno de: 1"),
        (
            "  areas: {SGC",
            "  mascara: PR-01\n  areas: {SGC",
            "sgc.yaml:4: codigos.mascara: la máscara «PR-01» no sirve para formar códigos; se espera "
            "una vez {tipo}, a lo más una {area} y una vez {nn}, unidos por guiones",
        ),
        (
            "{SGC: Calidad}",
            "{sgc: Calidad}",
            "sgc.yaml:4: codigos.areas.sgc: la clave no sirve: "
            "se espera una sigla de hasta 8 mayúsculas o dígitos, sin tilde",
        ),
        (
            "{SGC: Calidad}",
            "{CON: Contabilidad}",
            "sgc.yaml:4: codigos.areas.CON: Windows no admite una carpeta con ese nombre",
        ),
    ],
)
def test_un_error_se_dice_completo(antes, despues, mensaje):
    assert cambiado(antes, despues) == [mensaje]


def circuito(*pasos: str) -> str:
    """`circuito("revisar revisa", "emitir cdoc")`: el circuito «x», con un paso por línea desde la 14."""
    lineas = (f"    - {{acto: {p.split()[0]}, rol: {' '.join(p.split()[1:])}}}\n" for p in pasos)
    return "circuitos:\n  x:\n" + "".join(lineas)


@pytest.mark.parametrize(
    ("extra", "mensaje"),
    [
        (
            "norma: ISO 9001\n",
            "norma: «ISO 9001» no es uno de: ISO 9001:2015, ISO 9001:2008 (¿quiso escribir «ISO 9001:2015»?)",
        ),
        ("paquetes: [sgc, tg]\n", "paquetes[2]: «tg» no es un paquete (hay: gt, sgc)"),
        ("regiones: [15]\n", "regiones[1]: debe ser un texto; escríbalo entre comillas: '15'"),
        (
            "regiones: ['99']\n",
            "regiones[1]: «99» no es un código de región (hay: 01, 02, 03, 04, 05, 06, 07, 08…)",
        ),
        ("regiones: todos\n", "regiones: «todos» no es uno de: todas, todas_2010 (¿quiso escribir «todas»?)"),
        ("circiutos: {}\n", "circiutos: clave desconocida (¿quiso escribir «circuitos»?)"),
        (
            "tipos: {procedimeinto: {}}\n",
            "tipos.procedimeinto: «procedimeinto» no es un tipo (¿quiso escribir «procedimiento»?)",
        ),
        (
            "tipos: {procedimiento: {circuito: norml}}\n",
            "tipos.procedimiento.circuito: «norml» no es un circuito (¿quiso escribir «normal»?)",
        ),
        (
            "excepciones: [{documento: pr-1, regla: segregacion, motivo: x}]\n",
            "excepciones[1](documento='pr-1').documento: «pr-1» no sirve: se espera un código, como PR-GT-01",
        ),
    ],
)
def test_un_error_en_lo_optativo_se_dice_completo(extra, mensaje):
    assert dicho(extra, {"procedimiento": TIPO}) == [f"sgc.yaml:12: {mensaje}"]


@pytest.mark.parametrize(
    ("pasos", "mensaje"),
    [
        (
            ("revisar revisor", "aprobar aprueba", "emitir cdoc"),
            "14: circuitos.x[1](acto='revisar').rol: "
            "«revisor» no es un papel ni un cargo (¿quiso escribir «revisa»?)",
        ),
        (
            ("aprobar aprueba, distinto_de: [revisar]", "emitir cdoc"),
            "14: circuitos.x[1](acto='aprobar').distinto_de[1]: "
            "«revisar» no es un paso anterior de este circuito",
        ),
        (("revisar revisa", "emitir cdoc"), "13: circuitos.x: falta el paso «aprobar»"),
        (
            ("aprobar aprueba", "visar cdoc", "emitir cdoc"),
            "15: circuitos.x[2](acto='visar').acto: «visar» necesita antes su «remitir»",
        ),
        (
            ("emitir cdoc", "aprobar aprueba"),
            "13: circuitos.x: el último paso debe ser «emitir», una sola vez",
        ),
        (
            ("aprobar aprueba", "revisar revisa", "emitir cdoc"),
            "15: circuitos.x[2](acto='revisar').acto: «revisar» va antes de «aprobar»",
        ),
        (
            ("aprobar aprueba", "remitri cdoc", "emitir cdoc"),
            "15: circuitos.x[2](acto='remitri').acto: «remitri» no es uno de: "
            "revisar, aprobar, remitir, visar, emitir (¿quiso escribir «remitir»?)",
        ),
    ],
)
def test_un_circuito_que_no_se_puede_recorrer_se_dice(pasos, mensaje):
    assert dicho(circuito(*pasos)) == [f"sgc.yaml:{mensaje}"]


@pytest.mark.parametrize(
    ("tipo", "mensaje"),
    [
        (
            TIPO.replace("circuito", "circutio"),
            "t.yaml:4: circutio: clave desconocida (¿quiso escribir «circuito»?)",
        ),
        (
            TIPO.replace("normal", "nromal"),
            "t.yaml:4: circuito: «nromal» no es un circuito (¿quiso escribir «normal»?)",
        ),
        (TIPO.replace("documento", "registro"), "t.yaml:1: serie: falta"),
        (
            TIPO.replace("documento", "registro") + "serie: RG-GT-99\n",
            "t.yaml:5: serie: «RG-GT-99» no es una serie de registros (¿quiso escribir «RG-GT-01»?)",
        ),
        (TIPO.replace("PR", "AUX"), "t.yaml:2: prefijo: Windows no admite una carpeta que empiece así"),
        (
            TIPO + "datos:\n  properties:\n    a: {type: texto}\n",
            "t.yaml:7: datos.properties.a.type: no es un esquema válido: «texto» no se admite aquí",
        ),
        (
            TIPO + "datos: {properties: {a: {$ref: '#/$defs/b'}}}\n",
            "t.yaml:5: datos.properties.a.$ref: «#/$defs/b» no está en este esquema",
        ),
        (
            TIPO + "datos: {$ref: 'https://example.org/x.json'}\n",
            "t.yaml:5: datos.$ref: «https://example.org/x.json» no está en este esquema",
        ),
        (
            TIPO + "datos: {allOf: [{$ref: '#'}]}\n",
            "t.yaml:5: datos.allOf[1].$ref: «#» da vueltas sobre sí mismo",
        ),
        ("", "t.yaml: está vacío"),
        ("- a\n", "t.yaml:1: debe ser un grupo de claves, no una lista"),
    ],
)
def test_un_tipo_malo_se_dice_completo(tipo, mensaje):
    series = "series: [{codigo: RG-GT-01, nombre: Uno, responsable: cdoc}]\n"
    assert dicho(tipos={"t": tipo}, series=series) == [f"plantillas_docx/{mensaje}"]


def test_el_nombre_del_archivo_es_la_clave_del_tipo():
    assert dicho(tipos={"Plan-Año": TIPO}) == [
        "plantillas_docx/Plan-Año.yaml: "
        "el nombre del archivo no sirve; use minúsculas sin tilde, dígitos y «_»"
    ]


def test_las_series_nombran_a_quien_existe_y_no_se_repiten():
    series = (
        "series:\n"
        "  - {codigo: RG-GT-01, nombre: Uno, responsable: cdco}\n"
        "  - {codigo: RG-GT-01, nombre: Dos, responsable: cdoc, retencion: 5, tipo: plna}\n"
    )
    plan = TIPO.replace("PR", "PL")
    assert dicho(tipos={"plan": plan}, series=series) == [
        "registros/series.yaml:2: series[1](codigo='RG-GT-01').responsable: "
        "«cdco» no es un papel ni un cargo (¿quiso escribir «cdoc»?)",
        "registros/series.yaml:3: series[2](codigo='RG-GT-01').retencion: "
        "clave desconocida (¿quiso escribir «retencion_anios»?)",
        "registros/series.yaml:3: series[2](codigo='RG-GT-01').codigo: el código «RG-GT-01» está repetido",
        "registros/series.yaml:3: series[2](codigo='RG-GT-01').tipo: "
        "«plna» no es un tipo (¿quiso escribir «plan»?)",
    ]


def test_un_cargo_por_region_pide_decir_cual():
    base = SGC.replace(
        "cargos:\n", "cargos:\n  dr: {nombre: Director/a, por_region: true}\n  dr-15: {nombre: Otro}\n"
    )
    assert dicho(base=base.replace("cargo: cdoc, desde", "cargo: dr, desde")) == [
        "sgc.yaml:7: cargos.dr-15: ya existe: «dr» tiene uno por región",
        "sgc.yaml:12: personas[2](correo='cdoc@sp.cl').cargo: "
        "«dr» hay uno por región; diga cuál, como «dr-01»",
    ]


def test_todos_los_problemas_de_todos_los_archivos_a_la_vez():
    with pytest.raises(ConfiguracionInvalida) as error:
        con(
            "norma: 2015\n",
            {"a": TIPO + "nombre: Otro\n", "b": "nombre: [\n", "c": TIPO.replace("PR", "pr")},
            base=SGC.replace("sigla: SP", "sgla: SP").replace("[cdoc],", "[cdco],"),
        )
    assert str(error.value).splitlines() == [
        "la configuración no se puede usar: hay 5 problemas",
        "  - sgc.yaml:2: servicio.sgla: clave desconocida (¿quiso escribir «sigla»?)",
        "  - sgc.yaml:12: norma: «2015» no es uno de: ISO 9001:2015, ISO 9001:2008",
        "  - plantillas_docx/a.yaml:5: la clave «nombre» está repetida (ya está en la línea 1)",
        "  - plantillas_docx/b.yaml:1: falta cerrar un corchete «]» o una llave «}»",
        "  - plantillas_docx/c.yaml:2: prefijo: «pr» no sirve: "
        "se espera hasta 8 mayúsculas o dígitos, sin tilde (PR)",
    ]
    assert error.value.hacer == "corrija lo indicado y repita"


def test_las_referencias_se_revisan_aunque_la_forma_este_mal():
    assert dicho("regiones: 7\ncircuitos: [x]\n", base=SGC.replace("[cdoc],", "[cdco],")) == [
        "sgc.yaml:11: roles.control_documental[1]: «cdco» no es un cargo (¿quiso escribir «cdoc»?)",
        "sgc.yaml:12: regiones: debe ser una lista, no «7»",
        "sgc.yaml:13: circuitos: debe ser un grupo de claves, no una lista",
    ]


def test_sin_sgc_yaml_se_dice_que_hacer():
    with pytest.raises(ConfiguracionInvalida, match="falta el archivo") as error:
        cargar({})
    assert error.value.hacer == "recupérelo, o cree uno con: sgc-gt iniciar"


@pytest.mark.parametrize(
    "basura", ["", "texto", "[]", "1", "{a: {b: [c]}}", "servicio: []\ncargos: 3\nroles: [x]\n"]
)
def test_ninguna_forma_extrana_rompe_la_revision(basura):
    assert dicho(base=basura)


def test_una_compuerta_mal_escrita_se_dice_y_la_de_un_tipo_que_no_se_lleva_se_admite():
    """Un nombre mal escrito la dejaría siempre abierta."""
    compuerta = "compuertas: [{{requisito: N-28, actos: [enviar], exige: [{{tipo: {}}}], porque: antes no, filas: {}}}]"
    datos = "\ndatos: {properties: {filas: {type: array}}}\n"
    mala = TIPO + compuerta.format("procedimineto", "fila") + datos
    assert dicho(tipos={"procedimiento": TIPO, "otro": mala}) == [
        "plantillas_docx/otro.yaml:5: compuertas[1].exige[1].tipo: «procedimineto» no es un tipo "
        "(¿quiso escribir «procedimiento»?)",
        "plantillas_docx/otro.yaml:5: compuertas[1].filas: «fila» no es una lista de los datos de este tipo "
        "(¿quiso escribir «filas»?)",
    ]
    regiones = TIPO + "en_cada_region: [fila, filas]\nhace_de: programa" + datos
    assert dicho(tipos={"procedimiento": TIPO, "otro": regiones}) == [
        "plantillas_docx/otro.yaml:5: en_cada_region[1]: «fila» no es una lista de los datos de este tipo "
        "(¿quiso escribir «filas»?)",
    ]
    [mal] = dicho(tipos={"procedimiento": TIPO, "otro": TIPO + "hace_de: progama" + datos})
    assert "hace_de: «progama» no es uno de" in mal
    assert mal.endswith("(¿quiso escribir «programa»?)")
    buena = TIPO + compuerta.format("evidencia_ajena", "filas") + datos
    [cargada] = con(tipos={"procedimiento": TIPO, "otro": buena}).tipos["otro"].compuertas
    assert (cargada.requisito, cargada.exige[0].tipo, cargada.exige[0].estado) == (
        "N-28", "evidencia_ajena", "visado",
    )  # fmt: skip
