"""La decisión: cada caso de una carpeta conectada, y cualquier mezcla de ellos, sin tocar un disco."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent))
from mesa_vigia import CARPETA, COPIA, Mundo

from sgc_gt.vigia import nombres
from sgc_gt.vigia.valores import PONER, RECIBIR, REPONER, RETIRAR, Memoria

OTRA = f"{CARPETA}/PR-FOM-03_v02 (1).docx"


def clases(mundo: Mundo) -> list[str]:
    return [a.causa or a.clase for a in mundo.mirar()]


def puesta() -> Mundo:
    """La copia ya está en la carpeta, quieta y leída."""
    mundo = Mundo()
    mundo.mirar()
    mundo.pasar(5)
    assert clases(mundo) == [PONER]
    mundo.pasar(5)
    assert clases(mundo) == []
    return mundo


def test_no_se_pone_mientras_word_guarda() -> None:
    """Word saca el archivo un instante al guardar: ponerlo ahí chocaría con él."""
    mundo = puesta()
    del mundo.disco[COPIA]
    assert clases(mundo) == []
    mundo.pasar(1)
    mundo.guardar(COPIA, "t1")
    assert clases(mundo) == []
    mundo.pasar(5)
    assert clases(mundo) == [RECIBIR]


def test_diez_guardados_seguidos_son_un_movimiento() -> None:
    mundo = puesta()
    for vez in range(10):
        mundo.guardar(COPIA, f"t{vez}")
        assert clases(mundo) == []
        mundo.pasar(3)
        assert clases(mundo) == []
    mundo.pasar(2)
    assert clases(mundo) == [RECIBIR]
    assert mundo.historia[-1] == "t9"


def test_abierto_y_quieto_diez_minutos_se_recibe_igual() -> None:
    mundo = puesta()
    mundo.avisos.add(COPIA)
    mundo.guardar(COPIA, "t1")
    mundo.mirar()
    mundo.pasar(599)
    assert clases(mundo) == []
    mundo.pasar(1)
    assert clases(mundo) == [RECIBIR]


def test_al_cerrarse_no_se_espera_de_nuevo() -> None:
    mundo = puesta()
    mundo.avisos.add(COPIA)
    mundo.guardar(COPIA, "t1")
    mundo.mirar()
    mundo.pasar(60)
    assert clases(mundo) == []
    mundo.avisos.clear()
    assert clases(mundo) == [RECIBIR]


def test_a_medias_se_dice_una_vez_a_los_diez_minutos() -> None:
    mundo = puesta()
    mundo.guardar(COPIA, "mitad", entero=False)
    for _ in range(19):
        mundo.pasar(30)
        assert clases(mundo) == []
    mundo.pasar(60)
    assert clases(mundo) == ["incompleto"]
    mundo.pasar(600)
    assert clases(mundo) == []
    mundo.disco[COPIA].entero = True  # terminó de llegar sin que su fecha cambiara
    mundo.pasar(30)
    assert clases(mundo) == [RECIBIR]


def test_otro_entrega_y_la_copia_intacta_queda_al_dia() -> None:
    mundo = puesta()
    mundo.historia.append("de otra persona")
    assert clases(mundo) == [REPONER]
    assert mundo.disco[COPIA].texto == "de otra persona"


def test_una_copia_abierta_no_se_toca_aunque_este_intacta() -> None:
    mundo = puesta()
    mundo.avisos.add(COPIA)
    mundo.historia.append("de otra persona")
    assert clases(mundo) == []
    mundo.estado = "en_revision"
    assert clases(mundo) == []
    mundo.avisos.clear()
    assert clases(mundo) == [RETIRAR]


def test_con_el_aviso_de_word_a_la_vista_no_se_pone_nada() -> None:
    """El archivo falta y su aviso está: Word lo tiene entre manos, aunque tarde."""
    mundo = puesta()
    del mundo.disco[COPIA]
    mundo.avisos.add(COPIA)
    mundo.mirar()
    mundo.pasar(60)
    assert clases(mundo) == []
    mundo.avisos.clear()
    assert clases(mundo) == [PONER]


def test_con_otro_nombre_a_la_vista_no_se_pone_una_segunda_copia() -> None:
    mundo = puesta()
    mundo.disco[f"{CARPETA}/mi procedimiento.docx"] = mundo.disco.pop(COPIA)
    mundo.mirar()
    mundo.pasar(60)
    assert clases(mundo) == []


def test_sale_del_borrador_y_vuelve() -> None:
    mundo = puesta()
    mundo.estado = "en_revision"
    assert clases(mundo) == [RETIRAR]
    mundo.estado = "borrador"
    assert clases(mundo) == []
    mundo.pasar(5)
    assert clases(mundo) == [PONER]


def test_guardado_despues_del_envio() -> None:
    mundo = puesta()
    mundo.guardar(COPIA, "tarde")
    mundo.estado = "en_revision"
    mundo.mirar()
    mundo.pasar(5)
    assert clases(mundo) == ["guardado_despues"]
    assert clases(mundo) == []
    mundo.estado = "borrador"
    assert clases(mundo) == [RECIBIR]


def test_una_copia_con_lo_mismo_no_hace_nada() -> None:
    mundo = puesta()
    mundo.guardar(OTRA, "t0")
    mundo.pasar(5)
    assert clases(mundo) == []


def test_perder_la_carpeta_no_olvida_ni_crea() -> None:
    mundo = puesta()
    mundo.guardar(COPIA, "t1")
    mundo.conectada = False
    assert clases(mundo) == ["carpeta_perdida"]
    mundo.pasar(600)
    assert clases(mundo) == []
    mundo.conectada = True
    assert clases(mundo) == ["carpeta_de_vuelta"]
    mundo.pasar(5)
    assert clases(mundo) == [RECIBIR]


@pytest.mark.parametrize(
    ("nombre", "ignora"),
    [
        ("PR-FOM-03_v02.docx", False),
        ("PR-FOM-03_v02 (1).docx", False),
        ("PR-FOM-03_v02 - copia.docx", False),
        ("~$-FOM-03_v02.docx", True),
        ("~WRD0003.tmp", True),
        ("~WRL1234.docx", True),
        ("PR-FOM-03_v02~RF1a2b3c.TMP", True),
        (".~lock.PR-FOM-03_v02.docx#", True),
        ("lu12345.tmp", True),
        (".DS_Store", True),
        ("Thumbs.db", True),
        ("PR-FOM-03_v02.docx.sb-8f3a-QWE", True),
        ("PR-FOM-03_v02.docx.partial", True),
        ("PR-FOM-03_v02 (no se recibió).txt", True),
        (".sgc-abc.tmp", True),
    ],
)
def test_que_nombres_no_son_de_nadie(nombre: str, ignora: bool) -> None:
    assert nombres.ignorado(nombre) is ignora


@pytest.mark.parametrize(
    ("archivo", "aviso"),
    [
        ("PR-FOM-03_v02.docx", "~$-FOM-03_v02.docx"),
        ("PR-1.docx", "~$R-1.docx"),
        ("P1.docx", "~$P1.docx"),
        ("PR-FOM-03_v02.docx", ".~lock.PR-FOM-03_v02.docx#"),
    ],
)
def test_con_que_nombres_avisan_word_y_libreoffice(archivo: str, aviso: str) -> None:
    assert aviso in nombres.avisos(archivo)


RUTA = st.sampled_from([COPIA, OTRA, f"{CARPETA}/mi procedimiento.docx"])
HECHO = st.one_of(
    st.tuples(st.just("guardar"), RUTA),
    st.tuples(st.just("a_medias"), RUTA),
    st.tuples(st.just("copiar"), RUTA),
    st.tuples(st.just("renombrar"), RUTA),
    st.tuples(st.just("borrar"), RUTA),
    st.tuples(st.just("abrir"), RUTA),
    st.tuples(st.just("cerrar"), RUTA),
    st.tuples(st.just("pasar"), st.sampled_from([0.5, 3, 5, 20, 700])),
    st.tuples(st.just("otro_entrega"), st.none()),
    st.tuples(st.just("enviar"), st.none()),
    st.tuples(st.just("retirar"), st.none()),
    st.tuples(st.just("desconectar"), st.none()),
    st.tuples(st.just("conectar"), st.none()),
    st.tuples(st.just("reiniciar"), st.none()),
    st.tuples(st.just("mirar"), st.none()),
)


def ocurre(mundo: Mundo, numero: int, hecho: str, valor: object) -> None:
    """Algo que una persona, la red o el equipo hacen."""
    ruta = str(valor)
    if hecho == "pasar":
        mundo.pasar(float(ruta))
    elif hecho in ("enviar", "retirar"):
        mundo.estado = "en_revision" if hecho == "enviar" else "borrador"
    elif hecho in ("desconectar", "conectar"):
        mundo.conectada = hecho == "conectar"
    elif hecho == "reiniciar":
        mundo.memoria = Memoria()
    elif hecho == "otro_entrega" and mundo.estado == "borrador":
        mundo.historia.append(f"ajeno {numero}")
    else:
        _con_un_archivo(mundo, numero, hecho, ruta)
    mundo.avisos &= set(mundo.disco)


def _con_un_archivo(mundo: Mundo, numero: int, hecho: str, ruta: str) -> None:
    esta = mundo.disco.get(COPIA)
    if hecho in ("guardar", "a_medias"):
        mundo.guardar(ruta, f"texto {numero}", entero=hecho == "guardar")
    elif hecho == "copiar" and esta:
        mundo.guardar(ruta, esta.texto, entero=esta.entero)
    elif hecho == "renombrar" and esta and ruta != COPIA:
        mundo.disco[ruta] = mundo.disco.pop(COPIA)
    elif hecho == "borrar":
        mundo.disco.pop(ruta, None)
    elif hecho == "abrir" and ruta in mundo.disco:
        mundo.avisos.add(ruta)
    elif hecho == "cerrar":
        mundo.avisos.discard(ruta)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(HECHO, st.booleans()), max_size=25))
def test_pase_lo_que_pase_nada_se_pierde_y_todo_termina(
    sucesos: list[tuple[tuple[str, object], bool]],
) -> None:
    """Con cualquier mezcla de guardados, cortes y esperas: el mundo exige que lo no guardado no se toque.

    `Mundo` falla si se recibe lo que cambia, si se pisa un nombre ocupado o si se retira lo que la historia no
    tiene; `mirar`, si no termina.
    """
    mundo = Mundo()
    for numero, ((hecho, valor), mira) in enumerate(sucesos):
        ocurre(mundo, numero, hecho, valor)
        if mira or hecho == "mirar":
            recibidos = len(mundo.historia)
            mundo.mirar()
            assert mundo.plan().acciones == (), "mirar otra vez lo mismo no hace nada más"
            assert len(mundo.historia) - recibidos <= len(mundo.disco) + 1
    _al_final_se_recibe(mundo)


def _al_final_se_recibe(mundo: Mundo) -> None:
    """Todo cerrado, conectado y quieto: lo que está entero y era nuevo, la historia lo tiene."""
    mundo.conectada, mundo.estado = True, "borrador"
    mundo.avisos.clear()
    mundo.mirar()
    mundo.pasar(1000)
    mundo.mirar()
    enteros = {a.texto for a in mundo.disco.values() if a.entero}
    assert enteros <= set(mundo.historia)
