"""Extender con datos y nada más: un tipo, un circuito y un segundo sistema PMG, de configurar a la matriz."""

from __future__ import annotations

from casa import PROCEDIMIENTO, Casa
from test_recorrido_servicios import cambiar

CIRCUITO = """
circuitos:
  de_genero:
    - {acto: revisar, rol: encargado_genero, distinto_de: [elabora]}
    - {acto: aprobar, rol: aprueba, distinto_de: [elabora, revisar]}
    - {acto: remitir, rol: control_documental}
    - {acto: visar, rol: control_documental}
    - {acto: emitir, rol: control_documental}
"""
SERIES = """
  - codigo: DG-GEN-01
    nombre: Diagnóstico de género
    paquete: genero
    responsable: encargado_genero
    retencion_anios: 5
    disposicion: transferencia al Archivo Nacional
    documento: true
  - codigo: RG-GEN-01
    nombre: Evidencia de capacitación
    paquete: genero
    responsable: encargado_genero
    retencion_anios: 5
    disposicion: conservar
  - codigo: RG-GEN-02
    nombre: Acciones de género en cada región
    paquete: genero
    responsable: encargado_genero
    retencion_anios: 5
    disposicion: conservar
"""
ACCIONES = """
nombre: Acciones de género en cada región
prefijo: RG
clase: registro
serie: RG-GEN-02
paquete: genero
circuito: registro
hace_de: programa
con_plantilla: false
archivo_directo: true
en_cada_region: [actividades]
compuertas:
  - requisito: GEN-4
    actos: [registrar]
    exige: [{tipo: diagnostico_genero, estado: visado}]
    porque: no hay acciones que programar antes de que el diagnóstico esté visado
datos:
  type: object
  required: [actividades]
  properties:
    actividades:
      title: Acciones
      type: array
      items:
        type: object
        required: [id, actividad, inicio, fin, regiones]
        properties:
          id: {title: Sigla, type: string}
          actividad: {title: Acción, type: string}
          inicio: {title: Inicio, type: integer}
          fin: {title: Término, type: integer}
          regiones: {title: Regiones, type: array, items: {type: string}}
          responsable: {title: Responsable, type: string}
"""
REQUISITOS = """
sistema: Enfoque de Género
fuente: Requisitos técnicos del sistema Enfoque de Género
objetos:
  - {id: G-1, nombre: Diagnóstico de género, etapa: "1", tipos: [diagnostico_genero], anual: true}
  - {id: G-2, nombre: Capacitación a funcionarias y funcionarios, clase: registro, etapa: "3", serie: RG-GEN-01, anual: true}
requisitos:
  - {id: GEN-1, titulo: "Para qué se diagnostica", objeto: G-1}
  - {id: GEN-2, titulo: Brechas e inequidades, objeto: G-1}
  - {id: GEN-F, titulo: Diagnóstico aprobado y visado, objeto: G-1, pide: [aprobacion, visacion]}
  - {id: GEN-3, titulo: Capacitación realizada, objeto: G-2}
"""


def escribir(casa: Casa) -> None:
    """Lo que control documental escribe: dos archivos de un tipo, un circuito, dos series y los requisitos."""
    carpeta = casa.ruta("plantillas_docx")
    texto = (carpeta / "procedimiento.yaml").read_text("utf-8")
    tipo = cambiar(
        texto,
        ("^nombre: .*", "nombre: Diagnóstico de género\nserie: DG-GEN-01"),
        ("^prefijo: .*", "prefijo: DG"),
        ("^paquete: .*", "paquete: genero"),
        ("^circuito: .*", "circuito: de_genero"),
        ("^circuito_menor: .*", "circuito_menor: de_genero"),
        ("titulo: Objetivo, requisitos: .*", "titulo: Objetivo, requisitos: [GEN-1]}"),
        ("titulo: Seguimiento del Proceso, requisitos: .*", "titulo: Seguimiento del Proceso, requisitos: [GEN-2]}"),
        ("titulo: Descripción de proceso, requisitos: .*", "titulo: Descripción de proceso, requisitos: []}"),
    )  # fmt: skip
    (carpeta / "diagnostico_genero.yaml").write_text(tipo, "utf-8")
    (carpeta / "acciones_genero.yaml").write_text(ACCIONES, "utf-8")
    (carpeta / "diagnostico_genero.docx").write_bytes((carpeta / "procedimiento.docx").read_bytes())
    sgc = casa.ruta("sgc.yaml")
    sgc.write_text(
        cambiar(
            sgc.read_text("utf-8"),
            ("^paquetes: .*", "paquetes: [sgc, gt, genero]"),
            ("^    FOM: .*", "    FOM: Fomento\n    GEN: Enfoque de Género"),
            ("^  encargado_gt: .*", "  encargado_gt: [egt]\n  encargado_genero: [ecal]"),
        )
        + CIRCUITO,
        "utf-8",
    )
    with casa.ruta("registros/series.yaml").open("a", encoding="utf-8") as series:
        series.write(SERIES)
    casa.ruta("registros/requisitos/genero.yaml").write_text(REQUISITOS, "utf-8")


ARCHIVAR = "registrar RG-GEN-02 --fecha 2025-03-10"


def _acciones_en_dos_regiones(casa: Casa) -> None:
    """Con sus datos, el sistema nuevo tiene compuerta, hallazgos y una columna por región como cualquier otro."""
    accion = "{id: G1, actividad: Talleres, inicio: 4, fin: 5, regiones: ['15', '11']"
    datos = casa.adjunto("acciones.yaml", f"actividades: [{accion}, responsable: cr1}}]".encode())
    sin_quien = casa.adjunto("otras.yaml", f"actividades: [{accion}}}]".encode())
    casa.hace(f"{ARCHIVAR} '{casa.adjunto('acciones.pdf')}' --datos '{datos}'")
    casilla = {f["region"]: f["objetos"]["acciones_genero"] for f in casa.hace("completitud --periodo 2025")}
    assert casilla["15"] == {"estado": "esta", "respaldo": ["RG-GEN-02/2025/001"], "detalle": ""}
    assert {r for r, c in casilla.items() if c["estado"] == "esta"} == {"15", "11"}
    casa.hace(f"{ARCHIVAR} '{casa.adjunto('otras.pdf')}' --datos '{sin_quien}'")
    vistas = {a["regla"]: a for a in casa.orden("comprobar").valor if a["documento"].startswith("RG-GEN-02")}
    assert "G1 «Talleres» no tiene responsable" in vistas["N-36"]["evidencia"]
    assert "«Acciones»: falta " in vistas["N-32"]["evidencia"]


def faltas(casa: Casa) -> dict[str, str]:
    """De cada requisito del sistema nuevo, lo que la matriz dice que falta."""
    return {f["requisito"]: f["falta"] for f in casa.hace("matriz --sistema genero")}


def test_un_segundo_sistema_llega_solo_con_datos_y_recorre_todos_sus_actos(casa: Casa) -> None:
    escribir(casa)
    casa.hace("configurar --motivo 'Sistema Enfoque de Género'")
    [nuevo] = [t for t in casa.hace("tipos") if t["tipo"] == "diagnostico_genero"]
    assert [p["acto"] for p in nuevo["circuito"]] == ["revisar", "aprobar", "remitir", "visar", "emitir"]
    assert faltas(casa) == {
        "GEN-1": "no hay «Diagnóstico de género» de 2025",
        "GEN-2": "no hay «Diagnóstico de género» de 2025",
        "GEN-F": "no hay «Diagnóstico de género» de 2025",
        "GEN-3": "no hay «Capacitación a funcionarias y funcionarios» de 2025",
    }
    # El código y el área salen de su serie: nadie dice --area.
    datos = casa.adjunto("datos.yaml", PROCEDIMIENTO.encode())
    creado = casa.hace(
        "crear diagnostico_genero --titulo 'Diagnóstico de género' --elabora cr1 --aprueba dn --datos", datos
    )
    assert creado["codigo"] == "DG-GEN-01"
    casa.hace("enviar DG-GEN-01", de="cr1")
    assert faltas(casa)["GEN-1"] == "DG-GEN-01 versión 01 está en «En revisión» y todavía no rige"
    casa.negada("revisar DG-GEN-01", de="egt", dice="Encargado/a de Calidad")  # el de su circuito, y no otro
    casa.hace("revisar DG-GEN-01", de="ecal")
    casa.negada(f"{ARCHIVAR} --ubicacion SIG", dice="antes de que el diagnóstico esté visado")
    casa.hace("aprobar DG-GEN-01", de="dn")
    casa.hace(
        "remitir DG-GEN-01 --oficio 12 --fecha-oficio 2025-03-10 --adjunto", casa.adjunto("remision.pdf")
    )
    casa.hace(
        "visar DG-GEN-01 --oficio 99 --fecha-oficio 2025-03-10 --responde 12 --adjunto",
        casa.adjunto("visacion.pdf"),
    )
    casa.hace("emitir DG-GEN-01")
    _acciones_en_dos_regiones(casa)
    casa.hace(
        "registrar RG-GEN-01 --fecha 2025-03-10 --titulo 'Lista de asistencia'",
        casa.adjunto("asistencia.pdf"),
    )
    filas = {f["requisito"]: f for f in casa.hace("matriz --sistema genero")}
    assert {f["falta"] for f in filas.values()} == {""}
    assert (filas["GEN-F"]["codigo"], filas["GEN-F"]["oficio"]) == ("DG-GEN-01", "99")
    assert (filas["GEN-2"]["lugar"], filas["GEN-2"]["registro"]) == (
        "Seguimiento del Proceso",
        "DG-GEN-01 (2025)",
    )
    assert (filas["GEN-3"]["codigo"], filas["GEN-3"]["lugar"]) == ("RG-GEN-01/2025/001", "en el archivo")
    # Está en las listas como cualquier otro, y la matriz de los dos sistemas los tiene a ambos.
    assert "DG-GEN-01" in casa.lista("lista_maestra/GEN.csv")
    assert {"DG-GEN-01", "RG-GEN-01"} <= {
        linea.partition(",")[0].partition(";")[0] for linea in casa.lista("lista_registros.csv").splitlines()
    }
    assert {f["sistema"] for f in casa.hace("matriz")} == {"Gestión Territorial", "Enfoque de Género"}
    assert casa.verificar()["ok"]
