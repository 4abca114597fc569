"""Un corte en medio de restituir una versión vigente: lo escrito encima no se pierde, se corte donde se corte."""

from __future__ import annotations

import pytest
from carpetas_conectadas import Conectada
from casa import Casa, escribir_en_word, texto_de

from sgc_gt.vigia import destino, manos, rescate

ESCRITO = "Corregido encima de la vigente."


@pytest.fixture
def conectada(casa: Casa) -> Conectada:
    conectada = Conectada(casa)
    conectada.sucesos()
    return conectada


@pytest.mark.parametrize(
    ("donde", "que"),
    [
        (rescate, "restituir"),  # ya se copió lo escrito; el archivo sigue editado
        (destino, "atender"),  # ya se restituyó; lo escrito todavía no tiene destino
        (rescate, "entregar"),  # ya se abrió la versión siguiente, con el texto de la vigente
        (rescate, "olvidar"),  # ya se entregó; lo apartado sigue ahí
    ],
)
def test_se_corte_donde_se_corte_lo_escrito_llega_al_borrador_una_vez(
    conectada: Conectada, monkeypatch: pytest.MonkeyPatch, donde: object, que: str
) -> None:
    vigente = conectada.casa.ruta("documentos/FOM/PR-FOM-01/PR-FOM-01_v01.docx")
    aprobado = vigente.read_bytes()
    escribir_en_word(vigente, ESCRITO)

    def corte(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as parche:
        parche.setattr(donde, que, corte)
        assert conectada.casa.orden("vigilar --una-vez").codigo == 130
    conectada.sucesos()
    assert vigente.read_bytes() == aprobado
    assert ESCRITO in texto_de(conectada.copia())
    actos = [f["acto"] for f in conectada.casa.hace("historial PR-FOM-01")]
    assert actos[-2:] == ["nueva-version", "entregar"]
    assert actos.count("nueva-version") == 1
    assert not list(conectada.casa.ruta(".git/sgc/rescates").iterdir())
    assert not list(conectada.carpeta().glob("*edición directa*"))


def test_lo_apartado_a_medio_retirar_vuelve_a_su_nombre(
    conectada: Conectada, monkeypatch: pytest.MonkeyPatch
) -> None:
    """El corte cae entre apartar la copia y borrarla: era de alguien hasta que se pruebe lo contrario."""
    archivo = conectada.abrir()
    apartado = archivo.with_name(f"{manos._APARTADO}{archivo.name}")
    archivo.rename(apartado)
    escribir_en_word(apartado, ESCRITO)
    assert conectada.sucesos() == ["recibido"]
    assert ESCRITO in texto_de(archivo)
    assert not apartado.exists()
