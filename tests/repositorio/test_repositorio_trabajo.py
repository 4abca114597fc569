"""La carpeta de trabajo: lo que alguien edita se respeta; lo que está abierto se reemplaza después."""

from __future__ import annotations

from pathlib import Path
from threading import Timer

import pytest
from motor_de_prueba import BORRADOR, CARPETA, DOCX, FICHA, OFICIO, cambio, exigir_sano, registrar

from sgc_gt.repositorio import disco, indice, recuperacion
from sgc_gt.repositorio.objetos import oid_de_blob
from sgc_gt.repositorio.repositorio import Repositorio
from sgc_gt.repositorio.valores import Pendiente


@pytest.fixture
def abiertos(monkeypatch: pytest.MonkeyPatch) -> set[Path]:
    """Los archivos que Word tiene abiertos: Windows no deja reemplazarlos ni borrarlos."""
    abiertos: set[Path] = set()
    reemplazar, borrar = Path.replace, Path.unlink

    def replace(de: Path, a: Path) -> Path:
        if a in abiertos:
            raise PermissionError(13, "abierto", str(a))
        return reemplazar(de, a)

    def unlink(ruta: Path, missing_ok: bool = False) -> None:
        if ruta in abiertos:
            raise PermissionError(13, "abierto", str(ruta))
        borrar(ruta, missing_ok)

    monkeypatch.setattr(Path, "replace", replace)
    monkeypatch.setattr(Path, "unlink", unlink)
    monkeypatch.setattr(disco, "ESPERA", 0.001)
    return abiertos


def test_borrador_editado_se_respeta(repo: Repositorio) -> None:
    registrar(repo, {BORRADOR: b"generado"})
    (repo.raiz / BORRADOR).write_bytes(b"mi trabajo de toda la tarde")
    with repo.escritura() as escritor:
        escritor.registrar(cambio({BORRADOR: b"generado otra vez"}))
        assert escritor.pendientes == (Pendiente(BORRADOR, "editado"),)
    assert (repo.raiz / BORRADOR).read_bytes() == b"mi trabajo de toda la tarde"
    registrar(repo, {BORRADOR: b"mi trabajo de toda la tarde"})  # entregado: ya es el de la historia
    assert repo.pendientes() == ()
    exigir_sano(repo.raiz)


def test_borrador_editado_que_el_acto_leyo_se_reemplaza(repo: Repositorio) -> None:
    registrar(repo, {BORRADOR: b"generado"})
    (repo.raiz / BORRADOR).write_bytes(b"editado, con zonas rotas")
    leido = oid_de_blob(b"editado, con zonas rotas")
    registrar(repo, {BORRADOR: b"editado y reparado"}, sustituye={BORRADOR: leido})
    assert (repo.raiz / BORRADOR).read_bytes() == b"editado y reparado"


def test_borrador_que_se_descarta_pero_esta_editado(repo: Repositorio) -> None:
    registrar(repo, {BORRADOR: b"generado"})
    (repo.raiz / BORRADOR).write_bytes(b"notas")
    registrar(repo, {BORRADOR: None})
    assert repo.pendientes() == (Pendiente(BORRADOR, "editado"),)
    (repo.raiz / BORRADOR).unlink()
    assert repo.recuperar() == ()
    exigir_sano(repo.raiz)


def test_carpeta_que_queda_vacia_desaparece(repo: Repositorio) -> None:
    registrar(repo, {"documentos/ZZ/X-1/borrador/x.docx": b"x"})
    registrar(repo, {"documentos/ZZ/X-1/borrador/x.docx": None})
    assert not (repo.raiz / "documentos/ZZ").exists()
    assert (repo.raiz / CARPETA).is_dir()


def test_abierto_en_word_se_reemplaza_con_la_orden_siguiente(repo: Repositorio, abiertos: set[Path]) -> None:
    abiertos.add(repo.raiz / DOCX)
    registrar(repo, {DOCX: b"version 2"})
    registrar(repo, {FICHA: b"otro acto"})  # sigue abierto
    assert repo.pendientes() == (Pendiente(DOCX, "abierto"),)
    assert repo.cambios_ajenos() == []  # se sabe por qué difiere
    registrar(repo, {DOCX: b"version 3"})  # los bytes de la primera siguen siendo conocidos
    assert (repo.raiz / DOCX).read_bytes() == b"version 1"
    abiertos.clear()
    assert repo.recuperar() == ()
    assert (repo.raiz / DOCX).read_bytes() == b"version 3"
    exigir_sano(repo.raiz)


def test_abierto_y_luego_guardado_no_se_pisa(repo: Repositorio, abiertos: set[Path]) -> None:
    abiertos.add(repo.raiz / DOCX)
    registrar(repo, {DOCX: b"version 2"})
    (repo.raiz / DOCX).write_bytes(b"lo guardo despues")
    abiertos.clear()
    assert repo.recuperar() == (Pendiente(DOCX, "editado"),)
    assert (repo.raiz / DOCX).read_bytes() == b"lo guardo despues"


def test_version_obsoleta_abierta_se_retira_despues(repo: Repositorio, abiertos: set[Path]) -> None:
    abiertos.add(repo.raiz / DOCX)
    registrar(repo, {DOCX: None})
    assert (repo.raiz / DOCX).exists()
    abiertos.clear()
    registrar(repo, {FICHA: b"cualquier acto"})
    assert not (repo.raiz / DOCX).exists()
    exigir_sano(repo.raiz)


def test_guardado_justo_antes_de_reemplazar(repo: Repositorio) -> None:
    """Entre mirar el archivo y pisarlo, su dueño lo guardó: gana su dueño."""
    destino = repo.raiz / BORRADOR
    registrar(repo, {BORRADOR: b"generado"})
    vistas: list[int] = []

    def reemplazable() -> bool:
        vistas.append(1)
        destino.write_bytes(b"guardado a tiempo")
        return disco.oid_en_disco(destino) == oid_de_blob(b"generado")

    assert not disco.escribir(repo.raiz, destino, b"nuevo", si=reemplazable)
    assert (destino.read_bytes(), len(vistas)) == (b"guardado a tiempo", 1)
    exigir_temporales_limpios(repo)


def exigir_temporales_limpios(repo: Repositorio) -> None:
    assert list((repo.raiz / ".git/sgc/tmp").iterdir()) == []


def test_solo_lectura_no_impide_el_acto_siguiente(repo: Repositorio) -> None:
    repo.proteger(DOCX, solo_lectura=True)
    assert (repo.raiz / DOCX).stat().st_mode & 0o222 == 0
    registrar(repo, {DOCX: b"version 2"})
    assert (repo.raiz / DOCX).read_bytes() == b"version 2"
    repo.proteger("no/existe", solo_lectura=True)
    exigir_sano(repo.raiz)


def test_indice_danado_o_ausente_se_rehace(repo: Repositorio) -> None:
    for estropear in (lambda ruta: ruta.unlink(), lambda ruta: ruta.write_bytes(b"basura")):
        estropear(repo.raiz / ".git/index")
        registrar(repo, {FICHA: b"%d" % id(estropear)})
        exigir_sano(repo.raiz)


@pytest.mark.parametrize("suelta", [True, False])
def test_otro_programa_tiene_el_indice(
    repo: Repositorio, monkeypatch: pytest.MonkeyPatch, suelta: bool
) -> None:
    """Si lo suelta luego, se espera; si no, el acto vale y la orden siguiente lo termina."""
    monkeypatch.setattr(indice, "ESPERA", 0.02)
    monkeypatch.setattr(recuperacion, "PACIENCIA", 0.1)
    traba = repo.raiz / ".git/index.lock"

    def estorbar(paso: str) -> None:
        if paso == "trabajo":
            traba.touch()
            if suelta:
                Timer(0.1, traba.unlink).start()

    otro = Repositorio.abrir(repo.raiz, estorbar)
    assert registrar(otro, {FICHA: b"x"}) == repo.cabeza()
    assert [pendiente.causa for pendiente in repo.pendientes()] == ([] if suelta else ["sin_escribir"])
    assert repo.recuperar() == ()
    exigir_sano(repo.raiz)


def test_disposicion_elimina_los_bytes_y_nada_mas(repo: Repositorio) -> None:
    registrar(repo, {FICHA: b"1"}, contenidos={OFICIO: b"datos personales"})
    registrar(repo, {FICHA: b"2"}, retira=(OFICIO,))
    assert not (repo.raiz / CARPETA / "evidencias").exists()
    exigir_sano(repo.raiz)


def test_disposicion_con_el_archivo_abierto(repo: Repositorio, abiertos: set[Path]) -> None:
    registrar(repo, {FICHA: b"1"}, contenidos={OFICIO: b"datos personales"})
    abiertos.add(repo.raiz / OFICIO)
    registrar(repo, {FICHA: b"2"}, retira=(OFICIO,))
    assert repo.pendientes() == (Pendiente(OFICIO, "abierto"),)
    abiertos.clear()
    assert repo.recuperar() == ()
    assert not (repo.raiz / OFICIO).exists()
