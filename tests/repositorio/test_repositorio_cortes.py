"""Matar el proceso en cualquier punto: el acto ocurrió entero o no ocurrió, y la orden siguiente funciona."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from motor_de_prueba import CARPETA, CONTADOR, etiqueta, exigir_sano, git, nuevo_repositorio, registrar

from sgc_gt.errores import Conflicto
from sgc_gt.repositorio.escritura import PASOS
from sgc_gt.repositorio.repositorio import Repositorio

MUERE = Path(__file__).with_name("muere.py")
MUERTES = int(os.environ.get("SGC_MUERTES", "20"))
ANTES_DE_MAIN = PASOS[: PASOS.index("main")]

pytestmark = pytest.mark.skipif(os.name != "posix", reason="matar un grupo de procesos es de POSIX")


def lanzar(raiz: Path, salida: Path, *paso: str) -> subprocess.Popen[bytes]:
    # Al matar el grupo, un hijo puede caer primero y el proceso alcanza a quejarse: va a otro archivo.
    with salida.open("wb") as archivo, salida.with_suffix(".err").open("ab") as errores:
        return subprocess.Popen(
            [sys.executable, str(MUERE), str(raiz), *paso],
            stdout=archivo,
            stderr=errores,
            start_new_session=True,
        )


def reconocidos(salida: Path) -> list[tuple[int, str]]:
    lineas = salida.read_text().splitlines()
    return [(int(numero), oid) for numero, oid in (linea.split() for linea in lineas)]


def exigir_historia(raiz: Path, salida: Path) -> int:
    """La orden siguiente funciona y deja todo coherente. Devuelve cuántos actos del proceso quedaron."""
    repositorio = Repositorio.abrir(raiz)
    repositorio.recuperar()
    exigir_sano(raiz)
    actos = [commit for commit in repositorio.bitacora() if commit.mensaje.startswith("Acto ")]
    numeros = {int(commit.mensaje.split()[1]): commit.oid for commit in actos}
    assert list(numeros) == list(range(1, len(actos) + 1))
    assert [numeros.get(n) for n, _ in reconocidos(salida)] == [oid for _, oid in reconocidos(salida)]
    esperadas = {
        f"PR-GT-01/v{n}": etiqueta(f"PR-GT-01/v{n}", oid) for n, oid in numeros.items() if n % 3 == 0
    }
    assert {
        n: repositorio.leer_objeto(oid)[1] for n, (oid, _) in repositorio.etiquetas().items()
    } == esperadas
    evidencias = {ruta.name for ruta in (raiz / CARPETA).glob("evidencias/*")}
    assert evidencias == {f"{n}.txt" for n in numeros}
    return len(actos)


@pytest.mark.parametrize("paso", PASOS)
def test_cada_paso(repo: Repositorio, tmp_path: Path, paso: str) -> None:
    for numero in (1, 2):  # el tercer acto, el que muere, lleva etiqueta
        registrar(
            repo,
            {CONTADOR: b"%d\n" % numero},
            mensaje=f"Acto {numero}\n",
            contenidos={f"{CARPETA}/evidencias/{numero}.txt": b"x"},
        )
    salida = tmp_path / "salida"
    proceso = lanzar(repo.raiz, salida, paso)
    assert proceso.wait(timeout=60) == -signal.SIGKILL
    assert salida.read_text() == ""
    assert exigir_historia(repo.raiz, salida) == (2 if paso in ANTES_DE_MAIN else 3)


def test_muertes_al_azar(repo: Repositorio, tmp_path: Path) -> None:
    """Con el grupo entero o solo el proceso: los hijos que quedan retienen el candado hasta terminar."""
    azar = random.Random(20260302)  # noqa: S311 - repetible
    salida = tmp_path / "salida"
    salida.write_text("")
    hechos = 0
    for vuelta in range(MUERTES):
        proceso = lanzar(repo.raiz, tmp_path / "esta", "")
        limite = time.monotonic() + 30
        while not (tmp_path / "esta").read_bytes() and time.monotonic() < limite and proceso.poll() is None:
            time.sleep(0.002)
        time.sleep(azar.uniform(0, 0.06))
        (os.killpg if vuelta % 2 else os.kill)(proceso.pid, signal.SIGKILL)
        assert proceso.wait(timeout=30) == -signal.SIGKILL
        with salida.open("a") as todos:
            todos.write((tmp_path / "esta").read_text())
        hechos = exigir_historia(repo.raiz, salida)
    assert hechos >= MUERTES


class CorteDeLuzError(BaseException):
    """El proceso desaparece aquí, pero la prueba sigue."""


def cortar_en(repo: Repositorio, paso: str, nombre: str) -> dict[str, bytes]:
    """Un acto con etiqueta que se corta en `paso`; devuelve el objeto que la etiqueta debía tener."""
    marcas: dict[str, bytes] = {}

    def corte(actual: str) -> None:
        if actual == paso:
            raise CorteDeLuzError

    def etiquetar(oid: str) -> dict[str, bytes]:
        marcas[nombre] = etiqueta(nombre, oid)
        return marcas

    with pytest.raises(CorteDeLuzError):
        registrar(Repositorio.abrir(repo.raiz, corte), {CONTADOR: b"9"}, etiquetas=etiquetar)
    return marcas


def test_main_se_movio_y_la_etiqueta_no(repo: Repositorio) -> None:
    """git mueve las referencias una por una: entre medio puede cortarse la luz."""
    marcas = cortar_en(repo, "main", "PR-GT-01/v01")
    git(repo.raiz, "tag", "-d", "PR-GT-01/v01")
    repo.recuperar()
    assert {n: repo.leer_objeto(oid)[1] for n, (oid, _) in repo.etiquetas().items()} == marcas
    exigir_sano(repo.raiz)


def test_la_etiqueta_se_puso_y_main_no(repo: Repositorio) -> None:
    marcas = cortar_en(repo, "diario", "PR-GT-01/v01")
    oid = git(repo.raiz, "hash-object", "-t", "tag", "--stdin", entrada=marcas["PR-GT-01/v01"]).strip()
    git(repo.raiz, "update-ref", "refs/tags/PR-GT-01/v01", oid)
    repo.recuperar()
    assert repo.etiquetas() == {}
    exigir_sano(repo.raiz)


def test_un_git_que_sobrevive_a_su_dueno_retiene_el_candado(
    repo: Repositorio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Si no, otro proceso daría por muerto el acto que ese git todavía puede terminar."""
    real = shutil.which("git")
    lento = tmp_path / "lento" / "git"
    lento.parent.mkdir()
    lento.write_text(
        f'#!/bin/sh\n[ "$1" = update-ref ] && echo > {tmp_path}/llego && sleep 2\nexec {real} "$@"\n'
    )
    lento.chmod(0o755)
    with monkeypatch.context() as contexto:
        contexto.setenv("PATH", str(lento.parent), prepend=os.pathsep)
        proceso = lanzar(repo.raiz, tmp_path / "salida")
    while not (tmp_path / "llego").exists():
        assert proceso.poll() is None
        time.sleep(0.01)
    os.kill(proceso.pid, signal.SIGKILL)
    proceso.wait()
    with pytest.raises(Conflicto, match="otra persona está registrando"), repo.escritura(espera=0.1):
        pass
    assert exigir_historia(repo.raiz, tmp_path / "salida") == 0


@pytest.mark.parametrize("paso", ["objetos", "preparado", "indice"])
def test_crear_muere_y_no_deja_media_carpeta(tmp_path: Path, paso: str) -> None:
    guion = (
        "import sys; sys.path[:0] = sys.argv[3:];"
        "from pathlib import Path; from motor_de_prueba import *; from muere import morir;"
        "Repositorio.crear(Path(sys.argv[1]), cambio({'sgc.yaml': b'x'}), CONTROL,"
        " lambda paso: morir() if paso == sys.argv[2] else None)"
    )
    raiz, caminos = tmp_path / "sgc", [str(MUERE.parent), str(MUERE.parents[2])]
    hecho = subprocess.run(
        [sys.executable, "-c", guion, raiz, paso, *caminos], start_new_session=True, check=False
    )
    assert hecho.returncode == -signal.SIGKILL
    assert not raiz.exists()
    nuevo_repositorio(raiz)
    exigir_sano(raiz)
    assert git(raiz, "rev-list", "--count", "main") == "2\n"
