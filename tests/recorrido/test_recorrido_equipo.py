"""El equipo de verdad: git a mano, Word abierto, carpeta de solo lectura, disco lleno, consola vieja, dos a la vez."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from casa import Casa, al_teclado, escribir_en_word, leer_en_voz_alta, texto_de

NUEVA = "nueva-version PR-FOM-01 --motivo Cambio"
CARPETA = "documentos/FOM/PR-FOM-01"
POSIX = pytest.mark.skipif(os.name != "posix", reason="permisos y límites de POSIX")


def aparte(casa: Casa, *orden: str, **ambiente: str) -> subprocess.CompletedProcess[bytes]:
    """La orden en otro proceso, con el reloj de verdad."""
    return subprocess.run(
        [sys.executable, "-m", "sgc_gt", "--repo", str(casa.raiz), *orden],
        capture_output=True,
        check=False,
        cwd=casa.raiz.parent,
        env={**os.environ, **ambiente},
    )


class TestGitAMano:
    """Alguien usó git en la carpeta."""

    def test_no_es_la_carpeta_de_un_servicio(self, tmp_path: Path, casa: Casa) -> None:
        for preparar in (None, ["git", "init", "-q"]):
            if preparar:
                subprocess.run(preparar, cwd=tmp_path, check=True)
                (tmp_path / "sgc.yaml").write_text("esquema: 1\n")
            salida = casa.orden("estado", "--repo", str(tmp_path))
            assert salida.codigo in (2, 3), salida
            assert "error" in salida.valor

    def test_cabeza_suelta(self, casa: Casa) -> None:
        casa.git("checkout", "-q", "--detach", "HEAD~1")
        casa.negada(NUEVA, codigo=3, dice="main")
        casa.negada("externo verificar EX-01", codigo=3)
        assert casa.orden("estado").codigo == 0
        casa.git("checkout", "-q", "main")

    def test_otra_rama(self, casa: Casa) -> None:
        casa.git("checkout", "-q", "-b", "otra")
        casa.negada(NUEVA, codigo=3, dice="main")
        casa.git("checkout", "-q", "main")

    def test_la_vigente_cambiada_por_fuera_no_se_pisa(self, casa: Casa) -> None:
        """Alguien editó la versión vigente en la carpeta: emitir la siguiente no borra su trabajo."""
        casa.hace(NUEVA)
        casa.hasta("PR-FOM-01", "aprobar")
        vigente = casa.ruta(f"{CARPETA}/PR-FOM-01_v01.docx")
        escribir_en_word(vigente, "Escrito en el archivo equivocado.")
        error = casa.negada("emitir PR-FOM-01", dice="PR-FOM-01_v01.docx")
        assert error["clase"] == "conflicto"
        casa.git("checkout", "-q", "--", CARPETA)
        casa.hace("emitir PR-FOM-01")

    def test_la_ficha_cambiada_por_fuera(self, casa: Casa) -> None:
        ficha = casa.ruta(f"{CARPETA}/ficha.json")
        buena = ficha.read_bytes()
        ficha.write_bytes(buena.replace(b"Otorgamiento", b"Otorgacion"))
        casa.negada(NUEVA, dice="ficha.json")
        ficha.write_bytes(buena)

    def test_un_archivo_ajeno_no_estorba(self, casa: Casa) -> None:
        """Una nota suelta, o un cambio en otro documento, no impide el acto de este."""
        nota = casa.ruta("documentos/FOM/notas.txt")
        nota.write_text("mías", "utf-8")
        casa.hace(NUEVA)
        assert nota.read_text("utf-8") == "mías"
        assert "notas.txt" not in casa.git("ls-tree", "-r", "--name-only", "HEAD")
        nota.unlink()

    def test_lo_preparado_a_mano_no_se_cuela(self, casa: Casa) -> None:
        """Un `git add` olvidado no entra en el acto."""
        nota = casa.ruta("documentos/FOM/notas.txt")
        nota.write_text("mías", "utf-8")
        casa.git("add", "documentos/FOM/notas.txt")
        casa.hace(NUEVA)
        assert "notas.txt" not in casa.git("ls-tree", "-r", "--name-only", "HEAD")
        casa.git("rm", "-q", "--cached", "documentos/FOM/notas.txt")
        nota.unlink()

    def test_una_traba_de_git_que_quedo(self, casa: Casa) -> None:
        for traba in ("index.lock", "refs/heads/main.lock"):
            casa.ruta(f".git/{traba}").touch()
        casa.hace(NUEVA)
        assert casa.git("status", "--porcelain") == ""

    def test_la_configuracion_de_git_de_la_persona_no_cambia_nada(
        self, casa: Casa, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        rara = tmp_path / "rara"
        gancho = tmp_path / "ganchos" / "reference-transaction"
        gancho.parent.mkdir()
        gancho.write_text("#!/bin/sh\nexit 1\n")
        gancho.chmod(0o755)
        rara.write_text(
            "[core]\n\tautocrlf = true\n\tsafecrlf = true\n"
            f"\thooksPath = {gancho.parent.as_posix()}\n"
            "[commit]\n\tgpgsign = true\n[user]\n\tsigningkey = nada\n[i18n]\n\tcommitEncoding = latin1\n"
            "[init]\n\tdefaultBranch = otra\n[log]\n\tshowSignature = true\n[color]\n\tui = always\n"
        )
        monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(rara))
        monkeypatch.setenv("GIT_AUTHOR_NAME", "Otra")
        monkeypatch.setenv("GIT_INDEX_FILE", str(tmp_path / "indice"))
        monkeypatch.setenv("LC_ALL", "C")
        salida = casa.orden(NUEVA)
        assert salida.codigo == 0, salida
        monkeypatch.undo()


class TestWordAbierto:
    """Un archivo abierto en Word: en Windows no se puede reemplazar, y deja un `~$` al lado."""

    def traba(self, casa: Casa, ruta: str) -> Path:
        archivo = casa.ruta(ruta)
        lugar = archivo.with_name("~$" + archivo.name[2:])
        lugar.write_bytes(b"\x05Quien lee" + b"\0" * 40)
        return lugar

    @pytest.fixture
    def cerrado(self, monkeypatch: pytest.MonkeyPatch) -> Iterator[set[str]]:
        """Los nombres de archivo que otro programa tiene tomados, como en Windows."""
        tomados: set[str] = set()
        reemplazar, borrar = Path.replace, Path.unlink

        def replace(origen: Path, destino: str | Path) -> Path:
            if Path(destino).name in tomados:
                raise PermissionError(13, "tomado", str(destino))
            return reemplazar(origen, destino)

        def unlink(lugar: Path, missing_ok: bool = False) -> None:
            if lugar.name in tomados:
                raise PermissionError(13, "tomado", str(lugar))
            borrar(lugar, missing_ok=missing_ok)

        monkeypatch.setattr(Path, "replace", replace)
        monkeypatch.setattr(Path, "unlink", unlink)
        monkeypatch.setattr("sgc_gt.repositorio.disco.ESPERA", 0.001)
        yield tomados
        tomados.clear()

    def test_quien_lee_la_vigente_no_detiene_la_emision(self, casa: Casa) -> None:
        casa.hace(NUEVA)
        casa.hasta("PR-FOM-01", "aprobar")
        traba = self.traba(casa, f"{CARPETA}/PR-FOM-01_v01.docx")
        assert casa.hace("emitir PR-FOM-01")[0]["estado"] == "vigente"
        assert traba.exists()
        assert casa.git("status", "--porcelain") == ""
        assert casa.ruta(f"{CARPETA}/PR-FOM-01_v02.docx").is_file()

    def test_en_windows_la_vigente_abierta_queda_pendiente_y_se_retira_despues(
        self, casa: Casa, cerrado: set[str]
    ) -> None:
        casa.hace(NUEVA)
        casa.hasta("PR-FOM-01", "aprobar")
        cerrado.add("PR-FOM-01_v01.docx")
        salida = casa.orden("emitir PR-FOM-01")
        assert salida.codigo == 0, salida
        assert "PR-FOM-01_v01.docx está abierto en otro programa" in salida.avisos
        assert casa.estados("PR-FOM-01") == {"02": "vigente"}
        assert casa.ruta(f"{CARPETA}/PR-FOM-01_v01.docx").is_file()
        assert "PR-FOM-01_v01.docx" in casa.dice("estado PR-FOM-01")
        cerrado.clear()
        casa.hace("externo verificar EX-01")
        assert not casa.ruta(f"{CARPETA}/PR-FOM-01_v01.docx").exists()

    def test_en_windows_generar_con_el_borrador_abierto_no_pierde_nada(
        self, casa: Casa, cerrado: set[str]
    ) -> None:
        """El acto queda; el archivo abierto no se toca. Lo que la persona guarde después es una edición suya."""
        casa.hace(NUEVA)
        borrador = casa.ruta(f"{CARPETA}/borrador/PR-FOM-01_v02.docx")
        abierto = borrador.read_bytes()
        cerrado.add(borrador.name)
        datos = casa.ruta(f"{CARPETA}/borrador/PR-FOM-01_v02.datos.yaml")
        datos.write_text(datos.read_text("utf-8").replace("Ordenar", "Reordenar"), "utf-8")
        salida = casa.orden("generar PR-FOM-01", de="cr1")
        assert borrador.read_bytes() == abierto
        if salida.codigo == 0:
            assert "abierto en otro programa" in salida.avisos
        cerrado.clear()
        escribir_en_word(borrador, "Lo que seguía escribiendo.")
        casa.hace("externo verificar EX-01")
        assert "Lo que seguía escribiendo." in texto_de(borrador)

    def test_entregar_con_word_abierto_recibe_lo_guardado(self, casa: Casa) -> None:
        casa.hace(NUEVA)
        traba = self.traba(casa, f"{CARPETA}/borrador/PR-FOM-01_v02.docx")
        casa.editar("PR-FOM-01", "Guardado y sigue abierto.")
        assert casa.hace("entregar PR-FOM-01", de="cr1")["cambios"]
        assert traba.exists()
        assert traba.name not in casa.git("ls-tree", "-r", "--name-only", "HEAD")
        casa.negada("enviar PR-FOM-01", de="cr1", dice="abierto")
        traba.unlink()
        assert casa.hace("enviar PR-FOM-01", de="cr1")[0]["estado"] == "en_revision"

    def test_en_windows_enviar_con_el_borrador_abierto(self, casa: Casa, cerrado: set[str]) -> None:
        casa.hace(NUEVA)
        borrador = casa.ruta(f"{CARPETA}/borrador/PR-FOM-01_v02.docx")
        cerrado.add(borrador.name)
        salida = casa.orden("enviar PR-FOM-01", de="cr1")
        assert salida.codigo in (0, 1), salida
        cerrado.clear()
        if salida.codigo == 0:
            escribir_en_word_aunque_este_protegido(borrador, "Escrito después de enviar.")
            casa.negada("revisar PR-FOM-01", de="egt", dice="no es el que se envió")
            assert "Escrito después de enviar." in texto_de(borrador)


def escribir_en_word_aunque_este_protegido(archivo: Path, texto: str) -> None:
    archivo.chmod(0o644)
    escribir_en_word(archivo, texto)


@contextmanager
def solo_lectura(carpeta: Path) -> Iterator[None]:
    """La carpeta, sin permiso de escritura: por sus modos o, para root, montada de solo lectura."""
    todas = [carpeta, *(c for c in carpeta.rglob("*") if c.is_dir())]
    if os.geteuid() == 0:
        hechos = [
            subprocess.run(["mount", "--bind", str(carpeta), str(carpeta)], capture_output=True, check=False),
            subprocess.run(
                ["mount", "-o", "remount,ro,bind", str(carpeta)], capture_output=True, check=False
            ),
        ]
        if any(h.returncode for h in hechos):
            subprocess.run(["umount", str(carpeta)], capture_output=True, check=False)
            pytest.skip("este equipo no deja montar de solo lectura, y a root no lo detiene un permiso")
        yield
        subprocess.run(["umount", str(carpeta)], check=True)
        return
    for c in todas:
        c.chmod(0o555)
    yield
    for c in todas:
        c.chmod(0o755)


@POSIX
def test_una_carpeta_de_solo_lectura_se_consulta_y_no_se_escribe(casa: Casa) -> None:
    casa.hace(NUEVA)
    with solo_lectura(casa.raiz), casa.nada_cambia():
        negadas = [
            casa.orden("enviar PR-FOM-01", de="cr1"),
            casa.orden("descartar PR-FOM-01 --motivo x", de="cr1"),
        ]
        consultas = [
            casa.orden(c, de="cr1") for c in ("estado", "historial PR-FOM-01", "tipos", "listas", "verificar")
        ]
    for negada in negadas:
        error = negada.valor["error"]
        assert (negada.codigo, error["clase"]) == (1, "no_se_pudo_escribir"), negada
        leer_en_voz_alta(error)
    assert [c.codigo for c in consultas] == [0] * 5, consultas


@POSIX
class TestDiscoLleno:
    """Sin espacio: el acto se niega con una frase, o vale y su carpeta se completa después."""

    def con_limite(self, casa: Casa, bytes_: int, *orden: str) -> subprocess.CompletedProcess[bytes]:
        """En otro proceso que no puede escribir archivos de más de ese tamaño (como git, sus hijos tampoco)."""
        guion = (
            "import resource,signal,sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
            f"resource.setrlimit(resource.RLIMIT_FSIZE, ({bytes_}, {bytes_}));"
            "from sgc_gt.cli.principal import main; sys.argv = ['sgc-gt', *sys.argv[1:]]; main()"
        )
        return subprocess.run(
            [sys.executable, "-c", guion, "--repo", str(casa.raiz), "--json", *orden],
            capture_output=True,
            check=False,
            cwd=casa.raiz.parent,
        )

    @pytest.mark.parametrize("limite", [0, 4_000, 12_000, 40_000])
    def test_un_limite_de_tamano(self, casa: Casa, limite: int) -> None:
        casa.orden("estado")
        antes = casa.foto()
        hecho = self.con_limite(casa, limite, *NUEVA.split())
        if hecho.returncode == 0:
            casa.reloj.hora = datetime.now(UTC)
            casa.hace("externo verificar EX-01")
            return
        error = json.loads(hecho.stdout)["error"]
        assert (hecho.returncode, error["clase"]) == (1, "no_se_pudo_escribir"), hecho
        assert "espacio" in (error["hacer"] + error["esperado"])
        leer_en_voz_alta(error)
        assert casa.foto() == antes
        casa.hace(NUEVA)

    def test_una_unidad_pequena_que_se_llena(self, casa: Casa, tmp_path: Path) -> None:
        unidad = tmp_path / "unidad"
        unidad.mkdir()
        montada = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", str(unidad)], capture_output=True, check=False
        )
        if montada.returncode:
            pytest.skip("este equipo no deja montar una unidad pequeña")
        try:
            otra = casa.copia(unidad / "sgc")
            otra.adulterada = True
            libre = shutil.disk_usage(unidad).free
            (unidad / "relleno").write_bytes(b"x" * max(libre - 20_000, 0))
            antes = otra.foto()
            hecho = aparte(otra, "--json", *NUEVA.split())
            error = json.loads(hecho.stdout)["error"]
            assert (hecho.returncode, error["clase"]) == (1, "no_se_pudo_escribir"), hecho
            assert otra.foto() == antes
            (unidad / "relleno").unlink()
            assert aparte(otra, *NUEVA.split()).returncode == 0
            assert otra.verificar()["ok"]
        finally:
            subprocess.run(["umount", str(unidad)], check=True)


class TestConsolaVieja:
    """Una consola que no es UTF-8 muestra el texto sin caerse."""

    @pytest.mark.parametrize("codificacion", ["cp1252", "ascii"])
    def test_no_se_cae(self, anio: Path, tmp_path: Path, codificacion: str) -> None:
        ambiente = {**os.environ, "PYTHONIOENCODING": codificacion, "PYTHONUTF8": "0", "LC_ALL": "C"}
        base = [sys.executable, "-m", "sgc_gt", "--repo", str(anio)]
        for orden, codigo in (
            (["estado"], 0),
            (["historial", "PL-GT-01"], 0),
            (["--help"], 0),
            (["aprobar", "PL-GT-01"], 1),
        ):
            hecho = subprocess.run(
                [*base, *orden], capture_output=True, check=False, cwd=tmp_path, env=ambiente
            )
            assert hecho.returncode == codigo, hecho.stderr
            assert b"Traceback" not in hecho.stderr

    def test_lo_redirigido_es_utf8(self, anio: Path, tmp_path: Path) -> None:
        ambiente = {**os.environ, "PYTHONIOENCODING": "cp1252", "PYTHONUTF8": "0"}
        hecho = subprocess.run(
            [sys.executable, "-m", "sgc_gt", "--repo", str(anio), "estado"],
            capture_output=True,
            check=True,
            cwd=tmp_path,
            env=ambiente,
        )
        assert "Próxima revisión" in hecho.stdout.decode("utf-8")

    def test_un_titulo_con_letras_que_la_consola_no_tiene(self, casa: Casa) -> None:
        casa.hace("crear procedimiento --area ATC --elabora cr1 --titulo", "Ŵindŏw → ≤ 🏔 «ñ»")
        hecho = aparte(casa, "estado", PYTHONIOENCODING="cp1252", PYTHONUTF8="0")
        assert hecho.returncode == 0, hecho.stderr

    def test_una_tuberia_que_se_cierra(self, anio: Path) -> None:
        """`sgc-gt historial | head -n 1`: quien lee se va antes, y eso no es un error."""
        orden = [sys.executable, "-m", "sgc_gt", "--repo", str(anio), "historial"]
        with subprocess.Popen(orden, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as hecho:
            assert hecho.stdout is not None
            assert hecho.stderr is not None
            hecho.stdout.close()
            errores = hecho.stderr.read()
        assert errores == b""


class TestDosALaVez:
    """Dos procesos piden lo mismo en el mismo instante."""

    def lanzar(self, casa: Casa, *orden: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-m", "sgc_gt", "--repo", str(casa.raiz), "--json", *orden],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=casa.raiz.parent,
        )

    def test_dos_crear_toman_codigos_distintos(self, casa: Casa) -> None:
        orden = ("crear", "procedimiento", "--titulo", "x", "--area", "ATC", "--elabora", "cr1")
        procesos = [self.lanzar(casa, *orden) for _ in range(3)]
        salidas = [p.communicate(timeout=60) for p in procesos]
        assert [p.returncode for p in procesos] == [0, 0, 0], salidas
        codigos = sorted(json.loads(fuera)["codigo"] for fuera, _ in salidas)
        assert codigos == ["PR-ATC-01", "PR-ATC-02", "PR-ATC-03"]
        casa.reloj.hora = datetime.now(UTC)

    def test_dos_crear_con_el_mismo_codigo_gana_uno(self, casa: Casa) -> None:
        orden = ("crear", "procedimiento", "--titulo", "x", "--codigo", "PR-ATC-07", "--elabora", "cr1")
        procesos = [self.lanzar(casa, *orden) for _ in range(2)]
        salidas = [p.communicate(timeout=60) for p in procesos]
        assert sorted(p.returncode for p in procesos) == [0, 1], salidas
        negado = next(
            json.loads(fuera) for (fuera, _), p in zip(salidas, procesos, strict=True) if p.returncode
        )
        assert "ya está usado" in negado["error"]["mensaje"]
        casa.reloj.hora = datetime.now(UTC)

    def test_dos_actos_que_se_excluyen(self, casa: Casa) -> None:
        casa.hace(NUEVA)
        ordenes = (("enviar", "PR-FOM-01"), ("descartar", "PR-FOM-01", "--motivo", "x"))
        with al_teclado("cr1"):
            procesos = [self.lanzar(casa, *orden) for orden in ordenes]
        codigos = [p.communicate(timeout=60) and p.returncode for p in procesos]
        assert codigos[1] == 0, codigos
        assert codigos[0] in (0, 1)
        casa.reloj.hora = datetime.now(UTC)
        assert casa.estados("PR-FOM-01") == {"01": "vigente"}


def test_los_nombres_con_espacios_y_tildes_en_la_ruta_no_estorban(casa: Casa, tmp_path: Path) -> None:
    otra = casa.copia(tmp_path / "Gestión de Calidad (año 2025)" / "mi sgc")
    otra.hace(NUEVA)
    otra.hasta("PR-FOM-01", "emitir")
    assert otra.verificar()["ok"]


@pytest.mark.parametrize("nombre", ["OneDrive - Servicio", "Dropbox", "Google Drive"])
def test_iniciar_se_niega_en_una_carpeta_de_la_nube(casa: Casa, tmp_path: Path, nombre: str) -> None:
    destino = tmp_path / nombre / "sgc"
    salida = casa.orden("iniciar", str(destino))
    assert salida.codigo == 2
    assert "nube" in salida.valor["error"]["mensaje"]
    assert not destino.exists()


def test_iniciar_no_pisa_una_carpeta_con_archivos(casa: Casa, tmp_path: Path) -> None:
    destino = tmp_path / "ocupada"
    destino.mkdir()
    (destino / "mio.txt").write_text("x")
    salida = casa.orden("iniciar", str(destino))
    assert salida.codigo == 2
    assert [a.name for a in destino.iterdir()] == ["mio.txt"]
