"""El catálogo de regiones: dieciséis, de norte a sur, y quince en 2010."""

from sgc_gt.dominio.regiones import CATALOGO, TODAS, TODAS_2010, de_norte_a_sur, existentes, numero_de_anio


def test_son_dieciseis_y_cada_codigo_es_uno():
    assert sorted(TODAS) == [f"{n:02d}" for n in range(1, 17)]
    assert len({r.abreviatura for r in CATALOGO}) == len({r.romano for r in CATALOGO}) == 16


def test_el_orden_es_geografico_y_no_el_del_codigo():
    assert (TODAS[0], TODAS[1], TODAS[-1]) == ("15", "01", "12")
    assert de_norte_a_sur(["12", "16", "15", "99", "15"]) == ("15", "16", "12")


def test_de_un_periodo_salen_las_regiones_que_existian():
    assert existentes(("16", "08", "15"), numero_de_anio("2010-03")) == ("15", "08")
    assert (
        existentes(("16", "08"), numero_de_anio(2018))
        == existentes(("16", "08"), numero_de_anio(""))
        == ("16", "08")
    )


def test_en_2010_no_estaba_nuble():
    assert set(TODAS) - set(TODAS_2010) == {"16"}
