"""El procedimiento de control de documentos dice lo que las reglas del servicio dicen."""

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
import pytest
import yaml
from jsonschema import Draft202012Validator
from reglas_servicios import DOS_REVISORES, SERVICIOS, paso, servicio

from sgc_gt.config.datos import validar_datos
from sgc_gt.dominio.actos import TABLA
from sgc_gt.dominio.etiquetas import ACTOS
from sgc_gt.dominio.filas import nombre_cargo
from sgc_gt.dominio.servicio import Servicio
from sgc_gt.reglas.control_documental import TITULO, datos_del_procedimiento
from sgc_gt.word.diagrama import dibujar
from sgc_gt.word.plantilla import Plantilla


def textos(valor: Any) -> Iterator[str]:
    if isinstance(valor, str):
        yield valor
    elif isinstance(valor, dict):
        for hijo in valor.values():
            yield from textos(hijo)
    elif isinstance(valor, list):
        for hijo in valor:
            yield from textos(hijo)


def todo(s: Servicio) -> str:
    return "\n".join(textos(datos_del_procedimiento(s)))


def anexo(s: Servicio, numero: int) -> dict[str, Any]:
    encontrado: dict[str, Any] = datos_del_procedimiento(s)["anexos"][numero - 1]
    return encontrado


def filas(s: Servicio, numero: int) -> list[list[str]]:
    lista: list[list[str]] = anexo(s, numero)["tabla"]["filas"]
    return lista


@pytest.mark.parametrize("cual", SERVICIOS)
def test_los_datos_cumplen_el_esquema_del_tipo(cual: str) -> None:
    s = SERVICIOS[cual]
    esquema = s.tipos["procedimiento"].datos
    errores = Draft202012Validator(esquema).iter_errors(datos_del_procedimiento(s))
    assert [f"{e.json_path}: {e.message}" for e in errores] == []


@pytest.mark.parametrize("cual", SERVICIOS)
def test_cada_fila_trae_tantas_celdas_como_columnas_y_ninguna_vacia(cual: str) -> None:
    for uno in datos_del_procedimiento(SERVICIOS[cual])["anexos"]:
        tabla = uno.get("tabla", {"columnas": [], "filas": []})
        assert {len(fila) for fila in tabla["filas"]} <= {len(tabla["columnas"])}
        assert [fila for fila in tabla["filas"] if "" in fila] == []


@pytest.mark.parametrize("cual", SERVICIOS)
def test_los_apartados_y_anexos_que_se_citan_existen(cual: str) -> None:
    datos = datos_del_procedimiento(SERVICIOS[cual])
    texto = "\n".join(textos(datos))
    etapas = {f"6.2.{n}" for n in range(1, len(datos["etapas"]) + 1)}
    assert set(re.findall(r"6\.2\.\d+", texto)) <= etapas
    numerados = [a["titulo"].partition(".")[0] for a in datos["anexos"]]
    assert numerados == [f"Anexo {n}" for n in range(1, 9)]
    assert set(re.findall(r"Anexo \d+", texto)) <= set(numerados)


@pytest.mark.parametrize("cual", SERVICIOS)
def test_no_usa_palabras_internas_ni_deja_huecos(cual: str) -> None:
    texto = todo(SERVICIOS[cual])
    prohibidas = (
        r"\b(commit|repositorio|yaml|git|hash|sgc-gt|None|control_documental|con_visacion|no conformidad)\b"
    )
    sin_claves = texto.replace("control_documental\n", "")  # el responsable de un registro va por su clave
    assert re.findall(prohibidas, sin_claves, re.IGNORECASE) == []
    assert re.findall(r".*(?:  | ,| \.(?!\w)|\(\)|«»|\{|\.\.).*", texto) == []


def test_los_cargos_son_los_del_servicio() -> None:
    roles = [r["rol"] for r in datos_del_procedimiento(servicio())["responsabilidades"]]
    assert "Control documental: Profesional de Control Documental" in roles
    assert "Jefaturas territoriales: Director/a Regional de cada una de las 16 regiones" in roles
    assert "Encargado/a del Sistema Gestión Territorial" in roles  # papel y cargo se llaman igual


def test_en_2010_son_quince_regiones_y_las_clausulas_de_2008() -> None:
    s = SERVICIOS["2008 con 15 regiones"]
    assert "de cada una de las 15 regiones" in todo(s)
    assert "16 regiones" not in todo(s)
    assert [f[0] for f in filas(s, 8)][-1] == "4.2.4"
    assert "7.5" not in todo(s)
    assert "ISO 9001:2015" not in todo(s)


@pytest.mark.parametrize(
    ("cual", "forma", "ejemplo"),
    [
        ("de partida", "TIPO-ÁREA-NN", "PR-SGC-01"),
        ("máscara SGC-PR-01", "ÁREA-TIPO-NN", "SGC-PR-01"),
        ("máscara sin área", "TIPO-N", "PR-1"),
    ],
)
def test_la_mascara_se_explica_con_un_ejemplo_de_cada_tipo(cual: str, forma: str, ejemplo: str) -> None:
    s = SERVICIOS[cual]
    assert f"Los códigos tienen la forma {forma}." in todo(s)
    ejemplos = {fila[0]: fila[2] for fila in filas(s, 1)}
    assert ejemplos["Procedimiento"] == ejemplo
    assert set(ejemplos) == {t.nombre for t in s.tipos.values()}
    assert ("ÁREA es la sigla" in todo(s)) == ("ÁREA" in forma)


def test_el_formato_de_version_se_dice_con_numeros() -> None:
    assert "La primera versión es la 0 y la que sigue, la 1." in todo(
        servicio(versiones={"primera": 0, "ancho": 1, "separador_menor": "_"})
    )
    assert "segundo número: 0_1." in todo(
        servicio(versiones={"primera": 0, "ancho": 1, "separador_menor": "_"})
    )


def test_el_circuito_dice_quien_de_quien_es_distinto_que_respaldo_y_de_donde_sale() -> None:
    tabla = [f for f in filas(servicio(circuitos=DOS_REVISORES), 2) if f[0].startswith("Normal")]
    assert tabla == [
        [
            "Normal, paso 1: dar conformidad de revisión",
            "Encargado/a del Sistema Gestión Territorial (Encargado/a del Sistema Gestión Territorial)",
            "De quien escribió el borrador",
            "El movimiento registrado",
            "Práctica",
        ],
        [
            "Normal, paso 2: dar conformidad de revisión",
            "Revisión jurídica (Fiscal); 2 personas distintas",
            "De quien escribió el borrador",
            "Acta",
            "Norma",
        ],
        [
            "Normal, paso 3: aprobar",
            "Quien el documento indica en «aprobado por»",
            "No se exige",
            "Resolución exenta",
            "Procedimiento propio",
        ],
        [
            "Normal, paso 4: poner en vigencia",
            "Control documental (Profesional de Control Documental)",
            "No se exige",
            "El movimiento registrado",
            "Procedimiento propio",
        ],
    ]


def test_la_separacion_de_funciones_que_se_relaja_se_muestra() -> None:
    assert "no se exige" not in todo(servicio())
    relajado = todo(servicio(circuitos=DOS_REVISORES))
    assert "Esta separación no se exige para aprobar en el circuito normal." in relajado


def test_la_excepcion_se_muestra_con_su_razon() -> None:
    assert filas(SERVICIOS["con excepción"], 7) == [["PR-SGC-01", "Equipo de dos personas"]]
    assert anexo(servicio(), 7)["parrafos"] == ["Ningún documento tiene excepciones."]


def test_los_movimientos_salen_de_la_tabla() -> None:
    movimientos = [fila[0] for fila in filas(servicio(), 4)]
    assert [m.lower() for m in movimientos] == [ACTOS[a.nombre].lower() for a in TABLA]


def test_sin_visacion_no_se_habla_de_ella() -> None:
    assert "visaci" not in todo(SERVICIOS["sin gestión territorial"]).lower()
    assert "remit" not in todo(SERVICIOS["sin visación"]).lower()
    assert "Visación técnica" in todo(servicio())


@pytest.mark.parametrize(
    ("acto", "llega"),
    [
        ("Enviar a revisión", "«En aprobación»"),
        ("Aprobar", "«Aprobado»"),
        ("Poner en vigencia", "«Vigente» o «Emitido, por regir»"),
        ("Retirar del circuito", "«Borrador»"),
    ],
)
def test_los_estados_son_los_que_los_circuitos_alcanzan(acto: str, llega: str) -> None:
    solo_aprobar = [paso("aprobar", "aprueba"), {"acto": "emitir", "rol": "control_documental"}]
    s = servicio(paquetes=["sgc"], circuitos={"normal": solo_aprobar})
    s = s._replace(tipos={"procedimiento": s.tipos["procedimiento"]})
    tabla = {fila[0]: fila for fila in filas(s, 4)}
    assert tabla[acto][2] == llega
    assert "Dar conformidad de revisión" not in tabla
    assert "En revisión" not in "".join(textos(list(tabla.values())))


def test_los_plazos_son_los_de_cada_tipo() -> None:
    s = servicio(tipos={"procedimiento": {"revision_meses": 36, "retencion_anios": 1}})
    tabla = {fila[0]: fila for fila in filas(s, 3)}
    assert tabla["Procedimiento"][2:] == [
        "Cada 3 años",
        "Firma en el documento, PDF firmado o resolución exenta",
        "1 año",
    ]
    assert tabla["Registro de Revisión por la Dirección"][2] == "No se aplica"
    assert "Cada 3 años: Procedimiento." in todo(s)


def test_la_subrogancia_dice_el_orden() -> None:
    tabla = dict(filas(servicio(), 5))
    assert tabla["Encargado/a del Sistema Gestión Territorial"] == "Encargado/a de Calidad"
    assert "Fiscal" not in tabla
    sin = next(linea for linea in todo(servicio()).split("\n") if "Sin subrogantes definidos: " in linea)
    assert "Fiscal" in sin
    assert "Encargado/a del Sistema Gestión Territorial" not in sin


def test_un_servicio_sin_subrogantes_lo_dice_y_su_documento_se_arma() -> None:
    s = servicio()
    s = s._replace(cargos={c: cargo._replace(subrogantes=()) for c, cargo in s.cargos.items()})
    assert "Sin subrogantes definidos: " in todo(s)
    assert validar_datos(s.tipos["procedimiento"].datos, datos_del_procedimiento(s), "PR-SGC-01") == []


def test_la_retencion_sin_definir_se_dice_y_no_entra_en_la_seccion_9() -> None:
    s = servicio()
    sin_plazo = s.series["RG-SGC-02"]._replace(retencion_anios=None)
    s = s._replace(series={**s.series, "RG-SGC-02": sin_plazo})
    assert "Falta definir la retención de RG-SGC-02." in todo(s)
    assert "RG-SGC-02" not in {r["codigo"] for r in datos_del_procedimiento(s)["registros"]}
    assert next(f for f in filas(s, 6) if f[0] == "RG-SGC-02")[3].startswith("Por definir")


def test_la_seccion_9_trae_las_series_que_guarda_control_documental() -> None:
    registros = {r["codigo"]: r["responsable"] for r in datos_del_procedimiento(servicio())["registros"]}
    assert {"RG-SGC-02", "RG-SGC-03"} <= set(registros)
    assert set(registros.values()) == {"control_documental"}


def test_el_diagrama_sigue_el_circuito_de_los_procedimientos() -> None:
    flujo = datos_del_procedimiento(SERVICIOS["dos revisiones"])["flujo"]
    assert [n["texto"] for n in flujo["nodos"] if n["id"].startswith("paso_")] == [
        "¿Da su conformidad Encargado/a del Sistema Gestión Territorial?",
        "¿Da su conformidad Revisión jurídica?",
        "¿Aprueba la autoridad?",
        "Poner en vigencia: imprimir el control y poner al día las listas",
    ]
    ids = [n["id"] for n in flujo["nodos"]]
    assert len(ids) == len(set(ids)) == len(flujo["alternativa"])
    assert {a[extremo] for a in flujo["arcos"] for extremo in ("de", "a")} == set(ids)
    assert "Paso 6. ¿Da su conformidad Revisión jurídica? Sí, paso 7; no, paso 3." in flujo["alternativa"]


def test_un_cargo_de_nombre_largo_no_deja_sin_diagrama() -> None:
    s = servicio()
    largo = s.cargos["fis"]._replace(nombre="Jefatura de " + "muy larga denominación " * 8)
    pasos = tuple(p._replace(rol="fis") if p.acto == "revisar" else p for p in s.circuitos["normal"])
    s = s._replace(cargos={**s.cargos, "fis": largo}, circuitos={**s.circuitos, "normal": pasos})
    assert max(len(n["texto"]) for n in datos_del_procedimiento(s)["flujo"]["nodos"]) <= 90


def test_el_titulo_es_el_de_la_identidad_de_partida() -> None:
    identidad = Path(__file__).parents[2] / "documentos" / "SGC" / "PR-SGC-01" / "identidad.yaml"
    assert yaml.safe_load(identidad.read_text("utf-8"))["titulo"] == TITULO


@pytest.mark.parametrize("cual", SERVICIOS)
def test_la_plantilla_se_llena_con_los_datos(cual: str) -> None:
    s = SERVICIOS[cual]
    datos = datos_del_procedimiento(s)
    ruta = Path(__file__).parents[2] / "plantillas_docx" / "procedimiento.docx"
    contexto = {
        "servicio": {"nombre": s.nombre, "sigla": s.sigla},
        "doc": {"codigo": "PR-SGC-01", "titulo": TITULO, "version": "01"},
        "datos": datos,
        "imagenes": {"flujo": dibujar(datos["flujo"])},
    }
    contexto["doc"] |= dict.fromkeys(("tipo_nombre", "area_nombre", "responsable"), "—")
    generado = Plantilla.compilar(ruta.read_bytes(), ruta.name).generar(
        contexto, {"cargo": lambda cargo: nombre_cargo(s, cargo)}
    )
    documento = docx.Document(io.BytesIO(generado))
    titulos = [p.text for p in documento.paragraphs if p.style.name == "Heading 3"]
    assert titulos == [etapa["titulo"] for etapa in datos["etapas"]]
    celdas = {celda.text for tabla in documento.tables for fila in tabla.rows for celda in fila.cells}
    assert {
        celda for n in range(1, 9) if "tabla" in anexo(s, n) for f in filas(s, n) for celda in f
    } <= celdas


@pytest.mark.parametrize("responsable", ["control_documental", "cdoc"])
def test_guardar_una_serie_es_deber_del_papel_aunque_la_serie_nombre_el_cargo(responsable: str) -> None:
    s = servicio()
    serie = s.series["RG-SGC-02"]._replace(responsable=responsable)
    datos = datos_del_procedimiento(s._replace(series={"RG-SGC-02": serie}))
    [control] = [r for r in datos["responsabilidades"] if r["rol"].startswith("Control documental")]
    assert "Guarda los registros de RG-SGC-02." in control["deberes"]
    assert [r["codigo"] for r in datos["registros"]] == ["RG-SGC-02"]


def test_a_quienes_llega_cada_documento_y_en_cuanto_plazo() -> None:
    assert "El Servicio no tiene reglas generales" in todo(servicio())
    destinatarios = [
        {"a": ["todas"], "tipos": ["procedimiento"]},
        {"a": ["encargado_gt", "11"], "areas": ["GT"]},
    ]
    texto = todo(servicio(distribucion={"plazo_dias": 5, "destinatarios": destinatarios}))
    assert "Procedimiento: Director/a Regional de cada una de las 16 regiones." in texto
    assert "Todos los documentos, del área Gestión Territorial: Encargado/a del Sistema Gestión " in texto
    assert "en 5 días corridos desde que rige" in texto
    assert "devuelta, destruida o extraviada" in texto


def test_por_donde_va_lo_que_se_pide() -> None:
    texto = todo(servicio())
    assert "Mejora o recursos, en los demás casos: revisa Representante de la Dirección y resuelve " in texto
    tipos = {c: t for c, t in servicio().tipos.items() if not t.rutas}
    sin_solicitudes = todo(servicio()._replace(tipos=tipos))
    assert "en los demás casos" not in sin_solicitudes
    assert "puede pedir un documento nuevo" in sin_solicitudes
