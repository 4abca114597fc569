"""Traducir un servicio completo: cada clave tiene destino, y lo que no se entiende se dice."""

import copy
from collections.abc import Iterator
from pathlib import Path

import pytest

from sgc_gt.config import ejemplo_sgt
from sgc_gt.config.carga import cargar, leer_yaml
from sgc_gt.config.ejemplo_sgt import Traduccion, convertir, traducir
from sgc_gt.config.lugares import escribir_camino
from sgc_gt.errores import ConfiguracionInvalida

RAIZ = Path(__file__).parents[2]
ENTRADA = RAIZ.parent / "shared/entrada/servicio_senopl.yaml"

MINIMO = """\
meta: {esquema: demo-sgt/1, anio_gestion: 2026, alternativa_2010: otra norma}
servicio: {nombre: Servicio Mínimo, sigla: SM}
cargos:
  dn: {cargo: Director/a, rol: jefe_servicio, subroga: cdoc}
  cdoc: {cargo: Control Documental, rol: controlador_documental, miembro_comite: true}
  dr: {cargo: Director/a Regional, rol: encargado_cr_territorial, uno_por_region: true}
regiones:
  - {cod: "12", nombre: Magallanes, ben: 10}
  - {cod: "15", romano: XV, ben: 5}
totales_de_control: {ben: 15}
documentos:
  - {codigo: PR-FOM-03, titulo: Subsidios, tipo: procedimiento, version: "04", estado: vigente,
     elabora: dn, revisa: cdoc, aprueba: dn}
  - {codigo: PL-GT-01, titulo: Plan, tipo: plan, version: "01", estado: borrador, elabora: dn, aprueba: dn}
registros:
  - {codigo: RG-GT-06, nombre: Terreno, seccion9: true, resp: dr, retencion: null}
  - {codigo: PL-GT-01, nombre: Plan, resp: dn, retencion: 5}
"""


def traducido(texto: str = MINIMO) -> Traduccion:
    return traducir(texto.encode(), "s.yaml")


def dicho(antes: str, despues: str) -> list[str]:
    assert antes in MINIMO
    with pytest.raises(ConfiguracionInvalida) as error:
        traducido(MINIMO.replace(antes, despues))
    return [str(p) for p in error.value.problemas]


def test_lo_traducido_carga():
    t = traducido()
    servicio = cargar({"sgc.yaml": t.servicio, "registros/series.yaml": t.series})
    assert (servicio.nombre, servicio.regiones) == ("Servicio Mínimo", ("15", "12"))
    assert servicio.areas == {
        "SGC": "Sistema de Gestión de la Calidad",
        "GT": "Gestión Territorial",
        "FOM": "Área FOM",
    }
    assert servicio.cargos["dn"].subrogantes == ("cdoc",)
    assert servicio.roles == {
        "dr": ("dr-15", "dr-12"),
        "control_documental": ("cdoc",),
        "jefe_servicio": ("dn",),
        "jefatura_territorial": ("dr-15", "dr-12"),
        "miembro_comite": ("cdoc",),
    }
    assert [(p.correo, p.desde.isoformat(), p.nombre) for p in servicio.personas] == [
        ("dn@sm.example", "2026-01-01", ""),
        ("cdoc@sm.example", "2026-01-01", ""),
        ("dr-15@sm.example", "2026-01-01", ""),
        ("dr-12@sm.example", "2026-01-01", ""),
    ]
    assert (servicio.series["RG-GT-06"].retencion_anios, servicio.series["RG-GT-06"].documento) == (
        None,
        False,
    )
    assert servicio.series["PL-GT-01"].documento


def test_lo_traducido_se_entiende_al_leerlo():
    texto = traducido().servicio.decode()
    assert "# El archivo de origen no trae personas: hay una por cargo, con un correo de ejemplo." in texto
    assert "  dn: {nombre: Director/a, subrogantes: [cdoc]}\n" in texto


def test_los_documentos_quedan_por_importar_y_nada_rige():
    t = traducido()
    assert t.por_importar[0] == {
        "codigo": "PR-FOM-03",
        "titulo": "Subsidios",
        "tipo": "procedimiento",
        "version": "04",
        "estado": "vigente",
        "elabora": "dn",
        "revisa": ["cdoc"],
        "aprueba": "dn",
        "area": "FOM",
    }
    assert t.por_importar[1]["revisa"] == []


def test_lo_que_no_se_usa_se_nombra_con_su_razon():
    assert traducido().no_usadas == (
        (
            "meta.alternativa_2010",
            "es una explicación; para 2010 se escribe norma 2008 y regiones todas_2010",
        ),
        ("regiones[1](cod='12').nombre", "el nombre es el del catálogo de regiones"),
        ("regiones[2](cod='15').romano", "el número romano es el del catálogo de regiones"),
    )


@pytest.mark.parametrize(
    ("antes", "despues", "mensaje"),
    [
        (
            "miembro_comite: true",
            "miembro_comte: true",
            "s.yaml:5: cargos.cdoc.miembro_comte: clave desconocida (¿quiso escribir «miembro_comite»?)",
        ),
        (
            "documentos:",
            "documentso:",
            "s.yaml:11: documentso: clave desconocida (¿quiso escribir «documentos»?)",
        ),
        (
            "demo-sgt/1",
            "demo-sgt/2",
            "s.yaml:1: meta.esquema: «demo-sgt/2» no es uno de: demo-sgt/1 (¿quiso escribir «demo-sgt/1»?)",
        ),
        (
            "subroga: cdoc",
            "subroga: cdco",
            "s.yaml:4: cargos.dn.subroga: «cdco» no es un cargo (¿quiso escribir «cdoc»?)",
        ),
        (
            "elabora: dn, revisa",
            "elabora: dnn, revisa",
            "s.yaml:13: documentos[1](codigo='PR-FOM-03').elabora: "
            "«dnn» no es un cargo (¿quiso escribir «dn»?)",
        ),
        (
            "resp: dr,",
            "resp: dr-16,",
            "s.yaml:16: registros[1](codigo='RG-GT-06').resp: "
            "«dr-16» no es un cargo (¿quiso escribir «dr-15»?)",
        ),
        ('"12"', '"17"', "s.yaml:8: regiones[1](cod='17').cod: «17» no es un código de región"),
        ("{ben: 15}", "{ben: 16}", "s.yaml:10: totales_de_control.ben: dice 16 y las regiones suman 15"),
        (
            "rol: jefe_servicio",
            "rol: auditor",
            "s.yaml:3: cargos: falta un cargo con el rol «jefe_servicio»",
        ),
    ],
)
def test_un_error_se_dice_completo(antes, despues, mensaje):
    assert dicho(antes, despues) == [mensaje]


def test_todos_los_errores_a_la_vez_y_en_orden():
    problemas = dicho("sigla: SM}\ncargos:", "sgla: SM}\nrgiones: 1\nsigla: X\nregistros: []\ncargos:")
    assert [p.split(": ")[0] for p in problemas] == ["s.yaml:2", "s.yaml:3", "s.yaml:4", "s.yaml:18"]


@pytest.mark.parametrize("basura", ["", "texto", "[]", "meta: 1\ncargos: [x]\nregiones: {a: 1}\n"])
def test_ninguna_forma_extrana_rompe_la_revision(basura):
    with pytest.raises(ConfiguracionInvalida):
        traducido(basura)


@pytest.fixture(scope="module")
def senopl() -> bytes:
    if not ENTRADA.exists():
        pytest.skip(f"falta la entrada de referencia {ENTRADA}")
    return ENTRADA.read_bytes()


@pytest.mark.entrada
def test_el_servicio_de_muestra_se_traduce_y_carga_con_los_tipos_del_proyecto(senopl):
    t = traducir(senopl, "servicio_senopl.yaml")
    propias = {s["codigo"] for s in leer_yaml(t.series, "series.yaml")[0]["series"]}
    leidos = {p: leer_yaml(p.read_bytes(), p.name)[0] for p in (RAIZ / "plantillas_docx").glob("*.yaml")}
    suyos = {p.stem: v for p, v in leidos.items() if (v.get("serie") or "RG-GT-01") in propias}
    tipos = {
        p.relative_to(RAIZ).as_posix(): p.read_bytes()
        for p in leidos
        if p.stem in suyos
        and {e["tipo"] for c in suyos[p.stem].get("compuertas", ()) for e in c["exige"]} <= set(suyos)
    }
    servicio = cargar({**tipos, "sgc.yaml": t.servicio, "registros/series.yaml": t.series})
    assert (servicio.sigla, len(servicio.cargos), len(servicio.personas), len(servicio.series)) == (
        "SENOPL",
        30,
        30,
        13,
    )
    assert (len(t.por_importar), len(t.externos)) == (12, 4)
    assert servicio.series["RG-GT-06"].retencion_anios is None
    assert servicio.con_rol(servicio.series["RG-GT-05"].responsable)[0] == "dr-15"
    [seccion9] = t.antecedentes["registros_seccion9"]
    assert seccion9["datos"]["pedidos"] == ["RG-GT-01", "PL-GT-01", "PG-GT-01", "RG-SGC-05"]
    acuerdos = t.antecedentes["acuerdo_gore"]
    assert len({a["region"] for a in acuerdos}) == len(acuerdos) == 16


@pytest.mark.entrada
def test_cada_valor_de_la_muestra_cambia_algo_o_se_nombra_como_no_usado(senopl, monkeypatch):
    monkeypatch.setattr(
        ejemplo_sgt, "escribir", lambda encabezado, partes: [encabezado, *partes]
    )  # más rápido
    servicio, _ = leer_yaml(senopl, "servicio_senopl.yaml")
    original = convertir(servicio)
    sin_uso = {camino for camino, _ in original.no_usadas}
    perdidas = []
    for ruta in _hojas(servicio, ()):
        camino = escribir_camino(ruta, servicio)
        if any(camino == c or camino.startswith(f"{c}.") for c in sin_uso) or camino == "meta.esquema":
            continue
        if not _cambia(servicio, ruta, original):
            perdidas.append(camino)
    assert perdidas == []


def _hojas(valor, ruta) -> Iterator[tuple]:
    hijos = (
        valor.items() if isinstance(valor, dict) else enumerate(valor) if isinstance(valor, list) else None
    )
    if hijos is None:
        yield ruta
        return
    for clave, parte in hijos:
        yield from _hojas(parte, (*ruta, clave))


def _cambia(servicio, ruta, original) -> bool:
    """Si poner otra cosa en esa hoja cambia la traducción (no poder traducir también es usarla)."""
    otro = copy.deepcopy(servicio)
    parte = otro
    for paso in ruta[:-1]:
        parte = parte[paso]
    valor = parte[ruta[-1]]
    parte[ruta[-1]] = not valor if isinstance(valor, bool) else f"{valor}x" if isinstance(valor, str) else 77
    try:
        return convertir(otro) != original
    except (KeyError, TypeError):
        return True
