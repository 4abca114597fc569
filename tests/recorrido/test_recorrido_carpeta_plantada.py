"""Quien puede escribir en la carpeta puede escribir también en `.git`: verificar no le cree a nada de eso."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from casa import Casa

from sgc_gt import contexto
from sgc_gt.repositorio.disco import oid_en_disco

VIGENTE = "documentos/FOM/PR-FOM-01/PR-FOM-01_v01.docx"


def _config(lineas: str) -> Callable[[Casa], None]:
    def plantar(casa: Casa) -> None:
        with casa.ruta(".git/config").open("a") as archivo:
            archivo.write(lineas)

    return plantar


def _commondir(casa: Casa) -> None:
    casa.ruta(".git/commondir").write_text("../../otra/.git\n")


@pytest.mark.parametrize(
    ("plantar", "dice"),
    [
        (_config('[filter "x"]\n\tclean = touch ejecutado; cat\n'), "filter.x.clean"),
        (_config("[filter.x]\n\tsmudge = touch ejecutado\n"), "filter.x.smudge"),
        (_config("[include]\n\tpath = ../../otra\n"), "include.path"),
        (_config('[includeIf "gitdir:/"]\n\tpath = ../../otra\n'), "includeif.gitdir:/.path"),
        (_config("[core]\n\tworktree = /\n"), "core.worktree"),
        (_config("[extensions]\n\tworktreeConfig = true\n"), "extensions.worktreeconfig"),
        (_commondir, "la historia se lee de otra carpeta"),
    ],
)
def test_una_carpeta_que_haria_ejecutar_algo_no_se_abre(
    casa: Casa, plantar: Callable[[Casa], None], dice: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    casa.adulterada = True
    monkeypatch.chdir(tmp_path)
    casa.ruta(".git/info/attributes").write_text("* filter=x\n")
    os.utime(casa.ruta(VIGENTE), (0, 0))
    plantar(casa)
    for orden in ("verificar", "estado"):
        salida = casa.orden(orden)
        assert salida.codigo == 3, salida
        assert dice in salida.texto
    assert not list(tmp_path.rglob("ejecutado"))


def _alertas(casa: Casa) -> list[tuple[str, str]]:
    casa.adulterada = True
    return [(a["regla"], a["lugar"]) for a in casa.verificar()["alertas"]]


def test_un_archivo_cambiado_no_se_disculpa_con_un_pendiente_escrito_a_mano(casa: Casa) -> None:
    archivo = casa.ruta(VIGENTE)
    archivo.chmod(0o644)
    archivo.write_bytes(archivo.read_bytes() + b"x")
    anuncio = {VIGENTE: ["abierto", [oid_en_disco(archivo)]]}
    casa.ruta(".git/sgc/pendientes.json").write_text(json.dumps(anuncio))
    assert _alertas(casa) == [("carpeta", VIGENTE)]


def test_un_acceso_a_otra_parte_no_pasa_por_el_archivo(casa: Casa, tmp_path: Path) -> None:
    archivo = casa.ruta(VIGENTE)
    (tmp_path / "fuera.docx").write_bytes(archivo.read_bytes())
    archivo.unlink()
    archivo.symlink_to(tmp_path / "fuera.docx")
    assert _alertas(casa) == [("carpeta", VIGENTE)]
    assert "acceso a otra parte" in casa.verificar()["alertas"][0]["mensaje"]


@pytest.mark.parametrize("obra", ["carpeta", "circular"])
def test_una_evidencia_que_no_se_puede_leer_no_detiene_la_revision(casa: Casa, obra: str) -> None:
    [evidencia] = casa.raiz.glob("registros/RG-GT-10/2025/001/evidencias/*")
    evidencia.chmod(0o644)
    evidencia.unlink()
    if obra == "carpeta":
        evidencia.mkdir()
    else:
        evidencia.symlink_to(evidencia.name)
    lugar = evidencia.relative_to(casa.raiz).as_posix()
    assert ("evidencia", lugar) in _alertas(casa)


def test_no_cree_en_la_configuracion_que_la_carpeta_recuerda(
    casa: Casa, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Alguien que no es del servicio se anota a sí mismo en lo recordado, y actúa: al verificar no es legal."""
    monkeypatch.setattr(contexto, "_RECORDADOS", {})  # un proceso nuevo no la tiene ya leída, y la recuerda
    casa.hace("estado")
    [recuerdo] = casa.raiz.glob(".git/sgc/memoria/configuracion-*.json")
    texto = recuerdo.read_text("utf-8")
    plantado = texto.replace("cdoc@senopl.example", "intrusa@fuera.example")
    assert plantado != texto
    recuerdo.write_text(plantado, "utf-8")
    monkeypatch.setattr(contexto, "_RECORDADOS", {})
    casa.hace("externo verificar EX-01", de="intrusa@fuera.example")
    assert [regla for regla, _ in _alertas(casa)] == ["acto"]


def test_lo_que_las_consultas_recuerdan_se_olvida_al_verificar(casa: Casa) -> None:
    verdad = casa.hace("estado")
    [recuerdo] = casa.raiz.glob(".git/sgc/memoria/estado-*.json")
    recuerdo.write_text(recuerdo.read_text("utf-8").replace("Otorgamiento", "Supresión"), "utf-8")
    assert casa.hace("estado") != verdad
    assert casa.verificar()["ok"]
    assert casa.hace("estado") == verdad
