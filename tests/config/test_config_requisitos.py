"""El catálogo de requisitos: el del proyecto sirve, y uno mal escrito se rechaza con todo lo que tiene mal."""

import pytest
from yaml import safe_load

from sgc_gt import inicial as trae
from sgc_gt.config.carga import cargar
from sgc_gt.config.inicial import inicial
from sgc_gt.dominio.servicio import Servicio
from sgc_gt.errores import ConfiguracionInvalida

SGC = inicial("S", "S", "a@s.cl", "")
RUTA = "registros/requisitos/gt.yaml"
BUENO = """\
sistema: Enfoque de género
objetos:
  - {id: OB-1, nombre: Diagnóstico, tipos: [diagnostico_genero], anual: true}
requisitos:
  - {id: A-1, titulo: Brechas, objeto: OB-1}
  - {id: A-2, titulo: Todo, objeto: OB-1, con: [A-1]}
"""


def cargado(texto: bytes, ruta: str = RUTA) -> Servicio:
    return cargar({"sgc.yaml": SGC, ruta: texto})


def del_proyecto() -> Servicio:
    tipos = {f"plantillas_docx/{n}": d for n, d in trae.plantillas().items()}
    propios = {f"registros/requisitos/{n}": d for n, d in trae.requisitos().items()}
    return cargar({"sgc.yaml": SGC, "registros/series.yaml": trae.series(), **tipos, **propios})


def test_el_del_proyecto_tiene_los_veintiseis_objetos_y_lo_que_sus_tipos_nombran():
    s = del_proyecto()
    [c] = s.catalogos
    assert (c.paquete, c.sistema, len(c.objetos)) == ("gt", "Gestión Territorial", 26)
    ids = {r.id for r in c.requisitos}
    nombrados = {r for t in s.tipos.values() if t.paquete == "gt" for r in t.requisitos()}
    # Exigencias propias, hallazgos y el deber de un rol que no tiene apartado: lo nombra su objeto.
    propios = {r for r in nombrados if r.startswith(("I-", "N-", "OB-"))}
    assert nombrados - propios - ids == set()
    assert len(ids) == 92


@pytest.mark.parametrize("objeto", safe_load(trae.requisitos()["gt.yaml"])["objetos"], ids=lambda o: o["id"])
def test_cada_objeto_del_proyecto_lo_nombra_algun_requisito_o_es_de_los_roles(objeto):
    nombran = {r["objeto"] for r in safe_load(trae.requisitos()["gt.yaml"])["requisitos"]}
    sin_contenido = {
        "OB-07",
        "OB-21",
        "OB-22",
        "OB-23",
        "OB-24",
        "OB-26",
    }  # deberes y evidencias sin apartado
    assert (objeto["id"] in nombran) != (objeto["id"] in sin_contenido)


def test_un_catalogo_de_un_paquete_que_no_se_usa_no_se_carga():
    assert cargado(BUENO.encode()).catalogos[0].sistema == "Enfoque de género"
    assert cargado(BUENO.encode(), "registros/requisitos/genero.yaml").catalogos == ()


@pytest.mark.parametrize(
    ("antes", "despues", "dice"),
    [
        ("objeto: OB-1}", "objeto: OB-2}", "requisitos[1](id='A-1').objeto: «OB-2» no es un objeto (¿quiso escribir «OB-1»?)"),
        ("con: [A-1]", "con: [A-9]", "«A-9» no es un requisito"),
        ("con: [A-1]", "con: [A-2]", "un requisito no se responde a sí mismo"),
        ("id: A-2", "id: A-1", "«A-1» está repetido"),
        ("anual: true", "anul: true", "anul: clave desconocida (¿quiso escribir «anual»?)"),
        ("sistema: Enfoque de género\n", "", "sistema"),
    ],
)  # fmt: skip
def test_lo_mal_escrito_se_dice_con_su_linea(antes, despues, dice):
    assert antes in BUENO
    with pytest.raises(ConfiguracionInvalida) as error:
        cargado(BUENO.replace(antes, despues, 1).encode())
    assert dice in " ".join(map(str, error.value.problemas))
    assert str(error.value.problemas[0]).startswith(RUTA)


def test_el_nombre_del_archivo_es_el_del_paquete():
    with pytest.raises(ConfiguracionInvalida, match="no se puede usar") as error:
        cargado(BUENO.encode(), "registros/requisitos/Género.yaml")
    assert "minúsculas sin tilde" in str(error.value.problemas[0])
