"""Quien toca la historia, la carpeta o las evidencias por fuera queda a la vista: `verificar` lo nombra y sale 3."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from casa import ACTA, Casa, revisar_lengua, texto_de

from sgc_gt.consultas.cierre import de_mas, repetidos, unicidad
from sgc_gt.consultas.verificar import verificar
from sgc_gt.contexto import Vista
from sgc_gt.ordenes.repaso_word import RepasoWord
from sgc_gt.repositorio.repositorio import Repositorio
from sgc_gt.word.paquete import empaquetar
from sgc_gt.word.puerta import abrir

FICHA = "documentos/FOM/PR-FOM-01/ficha.json"
VIGENTE = "documentos/FOM/PR-FOM-01/PR-FOM-01_v01.docx"
EVIDENCIA = "registros/RG-GT-10/2025/001/evidencias/oficio-circular.pdf"


@pytest.fixture
def rota(casa: Casa) -> Casa:
    """Una casa que se va a romper a propósito."""
    casa.adulterada = True
    return casa


def exigir_hallazgo(casa: Casa, regla: str, dice: str) -> None:
    """`verificar` encuentra algo de esa regla que nombra eso, en español, y sale 3."""
    informe = casa.verificar()
    assert not informe["ok"]
    halladas = [a for a in informe["alertas"] if re.fullmatch(regla, a["regla"])]
    assert halladas, informe["alertas"]
    assert any(dice in f"{a['lugar']} {a['mensaje']}" for a in halladas), halladas
    for alerta in halladas:
        revisar_lengua(alerta["mensaje"])


def firmado(casa: Casa, commit: str) -> dict[str, str]:
    """El ambiente con que alguien falsifica autor, registrador y horas de un movimiento."""
    datos = (
        casa.git("log", "-1", "--format=%an%x00%ae%x00%aI%x00%cn%x00%ce%x00%cI", commit).strip().split("\0")
    )
    claves = (
        "AUTHOR_NAME",
        "AUTHOR_EMAIL",
        "AUTHOR_DATE",
        "COMMITTER_NAME",
        "COMMITTER_EMAIL",
        "COMMITTER_DATE",
    )
    return {**os.environ, **{f"GIT_{c}": d for c, d in zip(claves, datos, strict=True)}}


def rehacer_ultimo(casa: Casa, mensaje: str | None = None) -> None:
    """Reescribe el último movimiento con lo que haya en la carpeta, imitando autor y hora."""
    casa.git("add", "-A")
    texto = mensaje or casa.git("log", "-1", "--format=%B")
    casa.git(
        "commit",
        "-q",
        "--amend",
        "--no-verify",
        "-F",
        "-",
        entrada=texto.encode(),
        ambiente=firmado(casa, "HEAD"),
    )


def cambiar_ficha(casa: Casa, cambio: Callable[[dict[str, Any]], None], ruta: str = FICHA) -> None:
    """Edita la ficha y la deja en su forma canónica: el falsificador conoce el formato."""
    archivo = casa.ruta(ruta)
    ficha = json.loads(archivo.read_text("utf-8"))
    cambio(ficha)
    archivo.write_text(json.dumps(ficha, ensure_ascii=False, sort_keys=True, indent=2) + "\n", "utf-8")


class TestCarpeta:
    """Lo que está a la vista no es lo registrado."""

    def test_un_byte_de_la_version_vigente(self, rota: Casa) -> None:
        archivo = rota.ruta(VIGENTE)
        datos = bytearray(archivo.read_bytes())
        datos[len(datos) // 2] ^= 1
        marca = archivo.stat()
        archivo.write_bytes(bytes(datos))
        os.utime(archivo, ns=(marca.st_atime_ns, marca.st_mtime_ns))  # ni el tamaño ni la fecha lo delatan
        exigir_hallazgo(rota, "carpeta", VIGENTE)

    def test_escondido_de_git(self, rota: Casa) -> None:
        """`assume-unchanged` y `skip-worktree` engañan a git status, no a verificar."""
        rota.git("update-index", "--assume-unchanged", VIGENTE)
        rota.git("update-index", "--skip-worktree", FICHA)
        rota.ruta(VIGENTE).write_bytes(b"x")
        rota.ruta(FICHA).write_bytes(b"{}")
        assert rota.git("status", "--porcelain") == ""
        exigir_hallazgo(rota, "carpeta", VIGENTE)
        exigir_hallazgo(rota, "carpeta", FICHA)

    def test_la_vigente_borrada(self, rota: Casa) -> None:
        rota.ruta(VIGENTE).unlink()
        exigir_hallazgo(rota, "carpeta", VIGENTE)
        pantalla = rota.orden("verificar", json=False)
        assert pantalla.codigo == 3
        assert "La integridad está rota. Movimientos correctos: " in pantalla.texto
        assert f"  - {VIGENTE}\n    el archivo no está en la carpeta" in pantalla.texto

    def test_un_archivo_puesto_entre_los_documentos(self, rota: Casa) -> None:
        """No contradice a ningún movimiento, pero alguien lo puede tomar por la versión vigente: se nombra."""
        (rota.ruta(VIGENTE).parent / "PR-FOM-01_v02.docx").write_bytes(b"x")
        assert "PR-FOM-01_v02.docx" in rota.orden("verificar").texto
        assert "PR-FOM-01_v02.docx" in rota.dice("verificar")

    def test_lo_que_nadie_registro_se_avisa_tambien_entre_las_evidencias_y_con_alertas(
        self, rota: Casa
    ) -> None:
        """git no mira las carpetas de evidencias; y un archivo cambiado no calla los demás avisos."""
        puestos = [VIGENTE.replace("_v01", "_v09"), EVIDENCIA.replace("oficio-circular", "099-inventada")]
        for puesto in (*puestos, EVIDENCIA.replace("oficio-circular.pdf", "Thumbs.db")):
            rota.ruta(puesto).write_bytes(b"x")
        informe = rota.verificar()
        assert (informe["ok"], [a["lugar"] for a in informe["avisos"]]) == (True, puestos)
        rota.ruta(VIGENTE).write_bytes(b"x")
        informe = rota.verificar()
        assert [a["lugar"] for a in informe["alertas"]] == [VIGENTE]
        assert [a["lugar"] for a in informe["avisos"]] == puestos

    def test_la_lista_maestra_retocada(self, rota: Casa) -> None:
        lista = rota.ruta("registros/lista_maestra/FOM.csv")
        lista.write_bytes(lista.read_bytes().replace(b"Fomento", b"Fomenta"))
        exigir_hallazgo(rota, "carpeta", "lista_maestra/FOM.csv")


class TestEvidencias:
    """La evidencia guardada es la que el movimiento nombra."""

    def test_cambiada(self, rota: Casa) -> None:
        archivo = rota.ruta(EVIDENCIA)
        archivo.chmod(0o644)
        archivo.write_bytes(ACTA.replace(b"ficticio", b"verdader"))
        exigir_hallazgo(rota, "evidencia", EVIDENCIA)

    def test_borrada(self, rota: Casa) -> None:
        rota.ruta(EVIDENCIA).unlink()
        exigir_hallazgo(rota, "evidencia", EVIDENCIA)

    def test_cambiada_por_otra_del_mismo_tamano(self, rota: Casa) -> None:
        archivo = rota.ruta(EVIDENCIA)
        archivo.chmod(0o644)
        archivo.write_bytes(b"x" * archivo.stat().st_size)
        exigir_hallazgo(rota, "evidencia", EVIDENCIA)


class TestEtiquetas:
    """La marca de una emisión solo puede ser la suya."""

    def test_movida(self, rota: Casa) -> None:
        rota.git("tag", "-f", "-a", "-m", "x", "PR-FOM-01/v01", "HEAD~2")
        exigir_hallazgo(rota, "etiquetas", "PR-FOM-01/v01")

    def test_borrada(self, rota: Casa) -> None:
        rota.git("tag", "-d", "PR-FOM-01/v01")
        exigir_hallazgo(rota, "etiquetas", "PR-FOM-01/v01")

    def test_liviana_sobre_el_mismo_movimiento(self, rota: Casa) -> None:
        rota.git("tag", "-f", "PR-FOM-01/v01", "PR-FOM-01/v01^{commit}")
        exigir_hallazgo(rota, "etiquetas", "PR-FOM-01/v01")

    def test_rehecha_con_otro_texto(self, rota: Casa) -> None:
        commit = rota.git("rev-parse", "PR-FOM-01/v01^{commit}").strip()
        rota.git("tag", "-f", "-a", "-m", "PR-FOM-01 versión 01", "PR-FOM-01/v01", commit)
        exigir_hallazgo(rota, "etiquetas", "PR-FOM-01/v01")

    def test_una_que_nadie_emitio(self, rota: Casa) -> None:
        rota.git("tag", "-a", "-m", "x", "PR-FOM-01/v09")
        exigir_hallazgo(rota, "etiquetas", "PR-FOM-01/v09")

    def test_una_buena_usada_otra_vez_con_otro_nombre(self, rota: Casa) -> None:
        buena = rota.git("rev-parse", "refs/tags/PR-FOM-01/v01").strip()
        rota.git("update-ref", "refs/tags/PR-FOM-01/v02", buena)
        exigir_hallazgo(rota, "etiquetas", "PR-FOM-01/v02 ninguna emisión explica esta etiqueta")


class TestHistoria:
    """La cadena, movimiento por movimiento."""

    def test_la_ficha_editada_a_mano_y_registrada_con_git(self, rota: Casa) -> None:
        cambiar_ficha(rota, lambda f: f["identidad"].update(aprueba="cr2"))
        rota.git("commit", "-q", "-a", "-m", "Corrige la ficha")
        exigir_hallazgo(rota, "acto|mensaje|ficha", "Corrige la ficha")
        exigir_hallazgo(rota, "acto", "alguien lo registró por fuera del sistema")

    def test_de_una_historia_forjada_no_sale_nada(self, rota: Casa, tmp_path: Path) -> None:
        """La ficha cambiada y registrada con el mensaje de otro movimiento: git no ve nada raro."""
        cambiar_ficha(rota, lambda f: f["actos"][-1].update(correo="otra@senopl.example"))
        rota.git("commit", "-q", "-a", "-C", "HEAD")
        for orden in (
            f"auditar -o {tmp_path / 'p'}",
            f"expediente PR-FOM-01 --verificar -o {tmp_path / 'e.html'}",
        ):
            error = rota.negada(orden, codigo=3, dice="alguien lo rehízo por fuera del sistema")
            assert "sgc-gt verificar" in error["hacer"]
        assert not (tmp_path / "p").exists()
        assert not (tmp_path / "e.html").exists()

    def test_la_ficha_editada_imitando_un_mensaje(self, rota: Casa) -> None:
        cambiar_ficha(rota, lambda f: f["actos"][-1].update(correo="otra@senopl.example"))
        rota.git("add", "-A")
        mensaje = rota.git("log", "-1", "--format=%B", "PR-FOM-01/v01")
        rota.git("commit", "-q", "-F", "-", entrada=mensaje.encode(), ambiente=firmado(rota, "HEAD"))
        exigir_hallazgo(rota, "ficha|archivos|acto", "PR-FOM-01")

    def test_el_ultimo_movimiento_rehecho_con_otra_persona(self, rota: Casa) -> None:
        autora = ("--author", "Otra <otra@senopl.example>")
        rota.git("commit", "-q", "--amend", "--no-edit", *autora, ambiente=firmado(rota, "HEAD"))
        exigir_hallazgo(rota, "persona", "otra@senopl.example")

    def test_el_ultimo_movimiento_rehecho_con_otro_mensaje(self, rota: Casa) -> None:
        mensaje = rota.git("log", "-1", "--format=%B").replace("Version: -", "Version: 9")
        rehacer_ultimo(rota, mensaje)
        exigir_hallazgo(rota, "mensaje", "el mensaje no dice lo mismo que la ficha")

    def test_el_ultimo_movimiento_rehecho_con_otra_hora(self, rota: Casa) -> None:
        ambiente = {**firmado(rota, "HEAD"), "GIT_COMMITTER_DATE": "2025-03-04T10:00:00-0300"}
        rota.git("commit", "-q", "--amend", "--no-edit", ambiente=ambiente)
        exigir_hallazgo(rota, "fecha", "fecha")

    def test_un_movimiento_quitado_de_en_medio(self, rota: Casa) -> None:
        """Se borra de la historia la conformidad de revisión."""
        revision = commit_de(rota, "revisar")
        trasplantar(rota, lambda commits: [c for c in commits if c != revision])
        exigir_hallazgo(rota, "ficha", "no es la anterior con un movimiento más")
        exigir_hallazgo(rota, "ficha", "Se aprueba PR-FOM-01")

    def test_dos_movimientos_cambiados_de_orden(self, rota: Casa) -> None:
        def permutar(commits: list[str]) -> list[str]:
            return [*commits[:-2], commits[-1], commits[-2]]

        trasplantar(rota, permutar)
        exigir_hallazgo(rota, "fecha|archivos|ficha", "movimiento")

    def test_un_movimiento_intercalado_que_repite_otro(self, rota: Casa) -> None:
        """Dos veces la misma aprobación, con todos los enlaces en orden."""
        aprobacion = commit_de(rota, "aprobar")
        trasplantar(rota, lambda commits: [x for c in commits for x in ([c, c] if c == aprobacion else [c])])
        exigir_hallazgo(rota, "archivos", "Se aprueba PR-FOM-01")

    def test_el_ultimo_movimiento_quitado_y_su_etiqueta_presente(self, rota: Casa) -> None:
        emision = commit_de(rota, "emitir")
        rota.git("update-ref", "refs/heads/main", f"{emision}~1")
        rota.git("reset", "-q", "--hard")
        exigir_hallazgo(rota, "etiquetas", "PR-FOM-01/v01")

    def test_un_movimiento_intercalado_con_autor_falso(self, rota: Casa) -> None:
        """Una aprobación «hecha» por la Directora, fabricada entera con git y en buen formato."""
        rota.hace("nueva-version PR-FOM-01 --motivo x")
        rota.hasta("PR-FOM-01", "revisar")
        falsificar_aprobacion(rota, cargo="cr2", correo="cr2@senopl.example")
        exigir_hallazgo(rota, "acto", "Jefe/a División de Formación y Certificación")

    def test_una_aprobacion_sin_respaldo_fabricada_a_nombre_de_otra(self, rota: Casa) -> None:
        rota.hace("nueva-version PR-FOM-01 --motivo x")
        rota.hasta("PR-FOM-01", "revisar")
        falsificar_aprobacion(rota, registra="cdoc@senopl.example", origen="registrado_con_respaldo")
        exigir_hallazgo(rota, "acto", "respaldo")

    def test_una_aprobacion_con_el_cargo_vencido_y_otra_de_quien_escribio(self, rota: Casa) -> None:
        """La jefatura dejó el cargo el 9; quien la sucede el 10 es quien escribió el borrador."""
        rota.hace("nueva-version PR-FOM-01 --motivo x")
        rota.hasta("PR-FOM-01", "revisar")
        personas = rota.ruta("sgc.yaml")
        titular = "{correo: dn@senopl.example, cargo: dn, desde: '2020-01-01'}"
        sucede = "{correo: cr1@senopl.example, cargo: dn, desde: '2025-03-10'}"
        cambio = f"{titular[:-1]}, hasta: '2025-03-09'}}\n  - {sucede}"
        personas.write_text(personas.read_text("utf-8").replace(titular, cambio), "utf-8")
        rota.hace("configurar --motivo 'Cambio de jefatura'")
        antes = rota.cabeza()
        falsificar_aprobacion(rota)
        exigir_hallazgo(rota, "acto", "dn@senopl.example")
        rota.git("reset", "-q", "--hard", antes)
        falsificar_aprobacion(rota, correo="cr1@senopl.example")
        exigir_hallazgo(rota, "acto", "cr1@senopl.example escribió el borrador de la versión 02")

    def test_un_acto_con_fecha_anterior_al_previo(self, rota: Casa) -> None:
        rota.reloj.dia("2025-03-20")
        rota.hace("nueva-version PR-FOM-01 --motivo x")
        rota.hasta("PR-FOM-01", "revisar")
        falsificar_aprobacion(rota, fecha="2025-03-19")
        exigir_hallazgo(rota, "acto", "19-03-2025")

    def test_un_codigo_usado_dos_veces(self, rota: Casa) -> None:
        """La ficha de un código se reemplaza por una que nace de nuevo."""
        ficha = rota.ruta(FICHA)
        datos = json.loads(ficha.read_text("utf-8"))
        datos["actos"] = datos["actos"][:1]
        ficha.write_text(json.dumps(datos, ensure_ascii=False, sort_keys=True, indent=2) + "\n", "utf-8")
        creacion = commit_de(rota, "crear")
        autoria = firmado(rota, creacion) | {
            clave: hora for clave, hora in firmado(rota, "HEAD").items() if clave.endswith("_DATE")
        }  # con la hora del último: si no, lo primero que se nota es la hora
        rota.git("add", "-A")
        mensaje = rota.git("log", "-1", "--format=%B", creacion)
        rota.git("commit", "-q", "-F", "-", entrada=mensaje.encode(), ambiente=autoria)
        exigir_hallazgo(rota, "ficha", f"{FICHA} no es la anterior con un movimiento más")

    def test_una_fila_de_la_lista_cambiada_en_su_movimiento(self, rota: Casa) -> None:
        rota.hace("externo verificar EX-01")
        lista = rota.ruta("registros/documentos_externos.csv")
        lista.write_bytes(lista.read_bytes().replace(b"ISO 9001:2015", b"ISO 9001:2026"))
        rehacer_ultimo(rota)
        exigir_hallazgo(rota, "listas", "documentos_externos.csv")

    def test_la_vigente_cambiada_dentro_de_un_acto_ajeno(self, rota: Casa) -> None:
        rota.hace("externo verificar EX-01")
        rota.ruta(VIGENTE).write_bytes(b"otro contenido")
        rehacer_ultimo(rota)
        exigir_hallazgo(rota, "archivos", VIGENTE)

    def test_el_documento_emitido_cambiado_junto_con_su_resumen(self, rota: Casa) -> None:
        """El falsificador recalcula el sha256 de la ficha: la huella lo delata."""
        import hashlib  # noqa: PLC0415

        rota.hace("nueva-version PR-FOM-01 --motivo x")
        rota.hasta("PR-FOM-01", "emitir")
        otro = rota.nuevo("ATC", titulo="Distinto")
        ajeno = rota.ruta(f"documentos/ATC/{otro}/borrador/{otro}_v01.docx").read_bytes()
        rota.git("reset", "-q", "--hard", "HEAD~1")
        rota.ruta("documentos/FOM/PR-FOM-01/PR-FOM-01_v02.docx").write_bytes(ajeno)
        cambiar_ficha(rota, lambda f: f["actos"][-1].update(sha256=hashlib.sha256(ajeno).hexdigest()))
        rehacer_ultimo(rota)
        exigir_hallazgo(rota, "huella|archivos", "PR-FOM-01_v02.docx")

    def test_la_configuracion_cambiada_sin_acto(self, rota: Casa) -> None:
        rota.hace("externo verificar EX-01")
        archivo = rota.ruta("sgc.yaml")
        archivo.write_bytes(archivo.read_bytes().replace(b"correo: cr1@", b"correo: falsa@"))
        rehacer_ultimo(rota)
        exigir_hallazgo(rota, "archivos|configuracion", "sgc.yaml")

    def test_un_objeto_danado(self, rota: Casa) -> None:
        oid = rota.git("rev-parse", f"HEAD:{VIGENTE}").strip()
        objeto = rota.ruta(f".git/objects/{oid[:2]}/{oid[2:]}")
        objeto.chmod(0o644)
        datos = bytearray(objeto.read_bytes())
        datos[-10] ^= 0xFF
        objeto.write_bytes(bytes(datos))
        exigir_hallazgo(rota, "acto", VIGENTE)

    def test_un_objeto_que_falta(self, rota: Casa) -> None:
        oid = rota.git("rev-parse", f"HEAD:{VIGENTE}").strip()
        rota.ruta(f".git/objects/{oid[:2]}/{oid[2:]}").unlink()
        exigir_hallazgo(rota, "acto", f"{VIGENTE}: un dato de la historia falta")

    def test_un_archivo_de_la_historia_puesto_en_lugar_de_otro(self, rota: Casa) -> None:
        """git lo entrega sin aviso; los bytes no son los que su identificador resume."""
        oid = rota.git("rev-parse", f"HEAD:{VIGENTE}").strip()
        otro = rota.git("hash-object", "-w", "--stdin", entrada=b"otro contenido").strip()
        suplantar(rota, oid, otro)
        exigir_hallazgo(rota, "acto", VIGENTE)

    def test_una_carpeta_de_la_historia_puesta_en_lugar_de_otra(self, rota: Casa) -> None:
        """Ni un movimiento cambia de identificador: cambia lo que la carpeta de uno dice contener."""
        emision = commit_de(rota, "emitir")
        carpeta = VIGENTE.rpartition("/")[0]
        otro = rota.git("hash-object", "-w", "--stdin", entrada=b"otro contenido").strip()
        bueno = rota.git("rev-parse", f"{emision}:{VIGENTE}").strip()
        lista = rota.git("ls-tree", f"{emision}:{carpeta}").replace(bueno, otro)
        falsa = rota.git("mktree", entrada=lista.encode()).strip()
        suplantar(rota, rota.git("rev-parse", f"{emision}:{carpeta}").strip(), falsa)
        exigir_hallazgo(rota, "historia", "alguien puso un dato de la historia en lugar de otro")

    def test_una_fusion_de_dos_lineas(self, rota: Casa) -> None:
        rota.git("checkout", "-q", "-b", "otra", "HEAD~1")
        rota.ruta("nota.txt").write_text("x")
        rota.git("add", "nota.txt")
        rota.git("commit", "-q", "-m", "Otra línea")
        rota.git("checkout", "-q", "main")
        rota.git("merge", "-q", "--no-ff", "-m", "Fusión", "otra")
        assert not rota.verificar()["ok"]

    @pytest.mark.parametrize("truco", ["replace", "shallow", "grafts", "alternates"])
    def test_lo_que_hace_mentir_a_git(self, rota: Casa, truco: str) -> None:
        if truco == "replace":
            rota.git("replace", "HEAD", "HEAD~1")
        elif truco == "alternates":
            rota.ruta(".git/objects/info").mkdir(exist_ok=True)
            rota.ruta(".git/objects/info/alternates").write_text("/otra/carpeta/objects")
        elif truco == "shallow":
            rota.ruta(".git/shallow").write_text(rota.git("rev-parse", "HEAD~1"))
        else:
            rota.ruta(".git/info").mkdir(exist_ok=True)
            rota.ruta(".git/info/grafts").write_text(rota.git("rev-parse", "HEAD"))
        salida = rota.orden("verificar")
        assert salida.codigo == 3, salida
        dice = {
            "replace": "reemplazos",
            "shallow": "recortada",
            "grafts": "injertos",
            "alternates": "otra carpeta",
        }
        assert dice[truco] in salida.valor["error"]["mensaje"]

    def test_todo_el_pasado_reescrito_con_coherencia_salvo_quien_podia(self, rota: Casa) -> None:
        """Se rehace la historia desde la revisión poniendo a otra persona: ningún enlace de git falla."""

        def otra_persona(ficha: dict[str, Any]) -> None:
            for m in ficha["actos"]:
                if m["acto"] == "revisar":
                    m.update(correo="cr3@senopl.example", registra="cr3@senopl.example", cargo="cr3")

        reescribir(rota, FICHA, otra_persona)
        exigir_hallazgo(rota, "acto", "dar conformidad de revisión")


class TestAncla:
    """Con un ancla en la mano se nota lo que la cadena sola no puede saber."""

    def test_el_final_cortado_con_sus_etiquetas(self, rota: Casa) -> None:
        entera = rota.verificar()
        emision = commit_de(rota, "emitir")
        rota.git("tag", "-d", "PR-FOM-01/v01")
        rota.git("update-ref", "refs/heads/main", f"{emision}~1")
        rota.git("reset", "-q", "--hard")
        cortada = rota.verificar()
        assert cortada["ok"]  # lo que queda es correcto, y la respuesta dice qué no puede saber
        assert "no se puede saber si falta el final" in cortada["limite"]
        salida = rota.orden(f"verificar --ancla {entera['ancla']} --ancla {cortada['ancla']}")
        assert salida.codigo == 3
        [alerta] = salida.valor["alertas"]
        assert alerta["regla"] == "ancla"
        assert entera["ancla"] in alerta["lugar"]
        faltan = entera["revisado"] - cortada["revisado"]
        assert f"faltan {faltan} movimientos del final" in alerta["mensaje"]
        assert salida.valor["anclas"] == [cortada["ancla"]]
        assert (
            f"faltan {faltan} movimientos"
            in rota.orden(f"verificar --ancla {entera['ancla']}", json=False).texto
        )

    def test_otra_historia_correcta_en_lugar_de_esta(self, rota: Casa) -> None:
        rota.hace("externo verificar EX-01")
        ancla = rota.verificar()["ancla"]
        rota.git("reset", "-q", "--hard", "HEAD~1")
        rota.hace("externo verificar EX-01")  # lo mismo, un minuto después
        otra = rota.verificar()
        assert otra["ok"]
        assert otra["ancla"].partition("-")[0] == ancla.partition("-")[0]
        [alerta] = rota.orden(f"verificar --ancla {ancla}").valor["alertas"]
        assert "la historia se rehízo" in alerta["mensaje"]
        mal = otra["ancla"][:-1] + ("0" if otra["ancla"][-1] != "0" else "1")
        salida = rota.orden(f"verificar --ancla {mal}")
        [alerta] = salida.valor["alertas"]
        assert salida.codigo == 3
        assert (
            f"difiere en un dígito de la que corresponde al movimiento {mal.partition(chr(45))[0]}"
            in alerta["mensaje"]
        )
        assert "revise la copia" in alerta["mensaje"]

    def test_la_que_lleva_impresa_un_documento(self, rota: Casa) -> None:
        """Es la del movimiento anterior a su emisión; con otra, la emisión no vale."""
        emision = commit_de(rota, "emitir")
        anterior = rota.git("rev-list", "--reverse", f"{emision}~1").split()
        impresa = f"{len(anterior)}-{anterior[-1][:12]}"
        assert f"Ancla: {impresa}" in texto_de(rota.ruta(VIGENTE))
        assert rota.hace(f"verificar --ancla {impresa}")["anclas"] == [impresa]
        rota.hace("nueva-version PR-FOM-01 --motivo x")
        rota.hasta("PR-FOM-01", "emitir")
        cambiar_ficha(rota, lambda f: f["actos"][-1]["extra"].update(ancla=impresa))
        rehacer_ultimo(rota)
        exigir_hallazgo(rota, "ancla|sello", "Se pone en vigencia PR-FOM-01")


def test_reponer_lo_que_la_historia_permite_y_nada_mas(rota: Casa) -> None:
    """Etiquetas, archivos e índice vuelven idénticos; un borrador y lo que había en la carpeta no se pierden."""
    rota.hace("nueva-version PR-FOM-01 --motivo x")
    bien, borrador = rota.foto(), rota.ruta("documentos/FOM/PR-FOM-01/borrador/PR-FOM-01_v02.docx")
    etiqueta = rota.git("rev-parse", "refs/tags/PR-FOM-01/v01")
    rota.git("tag", "-f", "PR-FOM-01/v01", "HEAD")
    rota.git("rm", "-q", "--cached", FICHA)
    rota.ruta(VIGENTE).write_bytes(b"lo que alguien escribio")
    rota.ruta("registros/lista_maestra/FOM.csv").unlink()
    borrador.write_bytes(b"a medio escribir")
    hecho = rota.hace("verificar --regenerar")
    dicho = "\n".join(hecho["regenerado"])
    assert all(n in dicho for n in ("PR-FOM-01/v01", VIGENTE, "lista_maestra/FOM.csv", "índice")), dicho
    assert hecho["ok"]
    assert rota.git("rev-parse", "refs/tags/PR-FOM-01/v01") == etiqueta
    assert borrador.read_bytes() == b"a medio escribir"
    [apartado] = rota.ruta(".git/sgc/apartados").iterdir()
    assert apartado.read_bytes() == b"lo que alguien escribio"
    cambiado = {r for r in bien if rota.foto()[r] != bien[r]}
    assert cambiado - {".git/index"} == {"documentos/FOM/PR-FOM-01/borrador/PR-FOM-01_v02.docx"}
    assert rota.git("diff", "--cached", "--name-only") == ""
    assert rota.hace("verificar --regenerar")["regenerado"] == []

    cambiar_ficha(rota, lambda f: f["identidad"].update(aprueba="cr2"))
    rota.git("commit", "-q", "-a", "-m", "Corrige la ficha")
    rota.negada("verificar --regenerar", codigo=3, dice="no se repone nada")


def test_desde_un_movimiento_que_se_da_por_revisado(rota: Casa) -> None:
    """Se dice hasta dónde se creyó; lo posterior se revisa igual, y las etiquetas también."""
    total = rota.verificar()
    emision = rota.git("rev-list", "--count", commit_de(rota, "emitir")).strip()
    for desde in (emision, "pr-fom-01/v01", f"{emision}-{commit_de(rota, 'emitir')[:12]}"):
        informe = rota.hace(f"verificar --desde {desde}")
        assert (informe["desde"], informe["revisado"]) == (int(emision), total["revisado"] - int(emision))
    assert "se dieron por revisados" in rota.dice(f"verificar --desde {emision}")
    rota.negada("verificar --desde 99", codigo=2, dice="no tiene un movimiento 99")
    rota.git("tag", "-f", "-a", "-m", "x", "PR-FOM-01/v01", "HEAD~2")
    assert rota.orden(f"verificar --desde {emision}").codigo == 3
    assert rota.orden(f"verificar --desde {emision}-{'0' * 12}").codigo == 3


def test_leer_word_en_otros_procesos_da_lo_mismo_y_nombra_lo_mismo(rota: Casa) -> None:
    """Con el primer archivo distinto, se nombra su movimiento aunque la cadena ya siguiera de largo."""
    repo = Repositorio.abrir(rota.raiz)
    with repo.compartiendo():
        with RepasoWord(aqui=0, procesos=2) as otros:
            assert verificar(repo, otros.taller) == verificar(repo, RepasoWord().taller)
        mentira = RepasoWord().taller._replace(huella=lambda *_: lambda: "1:0")
        informe = verificar(repo, mentira)
    [alerta] = informe.alertas
    assert alerta.regla == "huella"
    assert "Se crea PR-FOM-01" in alerta.lugar
    assert informe.revisado == int(rota.git("rev-list", "--count", commit_de(rota, "crear"))) - 1


@pytest.mark.navegador
def test_el_acta_se_lleva_el_ancla_y_lo_que_no_calza(rota: Casa, tmp_path: Path) -> None:
    """Una página que se basta sola, accesible, fuera de la carpeta del servicio."""
    from navegador import auditar  # noqa: PLC0415  (solo aquí)

    rota.negada(
        "verificar -o",
        str(rota.ruta("documentos/acta.html")),
        codigo=2,
        dice="fuera de la carpeta del servicio",
    )
    rota.ruta(VIGENTE).unlink()
    salida = rota.orden("verificar -o", str(tmp_path))
    assert salida.codigo == 3
    pagina = Path(salida.valor["archivo"]).read_text("utf-8")
    for dice in (
        salida.valor["ancla"],
        VIGENTE,
        "La integridad está rota",
        salida.valor["limite"],
        "Quién revisó",
    ):
        assert dice in pagina
    assert "http" not in pagina
    assert auditar(pagina, tmp_path)["fallas"] == []


def test_una_sola_vigente_y_codigos_que_nacen_una_vez(partida: Path) -> None:
    """Lo que las guardas impiden se mira igual al final, sobre la ficha y la carpeta como quedaron."""
    repo = Repositorio.abrir(partida)
    vista = Vista(repo, repo.cabeza())
    ficha, carpeta = vista.ficha("PR-FOM-01"), VIGENTE.rpartition("/")[0]
    assert list(unicidad(vista)) == []
    nace, emite = ficha.actos[0], next(m for m in ficha.actos if m.acto == "emitir")
    assert list(repetidos(ficha._replace(actos=(*ficha.actos, nace._replace(n=9))))) == [
        "el código PR-FOM-01 vuelve a nacer en su movimiento 9"
    ]
    otra_vez = (nace._replace(acto="nueva-version", n=9), emite._replace(n=10))
    assert list(repetidos(ficha._replace(actos=(*ficha.actos, *otra_vez)))) == [
        "la versión 01 se puso en vigencia dos veces"
    ]
    segunda = nace._replace(acto="nueva-version", version="02", archivo="PR-FOM-01_v02.docx")
    nueva = emite._replace(version="02", archivo="PR-FOM-01_v02.docx")
    con_dos = ficha._replace(actos=(*ficha.actos, segunda, nueva))
    presentes = {VIGENTE: "", f"{carpeta}/PR-FOM-01_v02.docx": "", f"{carpeta}/ficha.json": ""}
    assert list(de_mas(con_dos, presentes)) == [
        f"{VIGENTE} está en el lugar de la versión vigente y no es ella"
    ]


def suplantar(casa: Casa, oid: str, otro: str) -> None:
    """Pone los bytes guardados de un objeto donde iban los de otro: la historia no cambia de nombre."""
    lugar, fuente = (casa.ruta(f".git/objects/{o[:2]}/{o[2:]}") for o in (oid, otro))
    lugar.chmod(0o644)
    lugar.write_bytes(fuente.read_bytes())


def commit_de(casa: Casa, acto: str) -> str:
    """El último movimiento de PR-FOM-01 con ese acto."""
    return next(str(h["commit"]) for h in reversed(casa.hace("historial PR-FOM-01")) if h["acto"] == acto)


def trasplantar(casa: Casa, cambio: Callable[[list[str]], list[str]]) -> None:
    """Rehace la historia con esos movimientos en ese orden: mismos árboles, autores y mensajes."""
    commits = casa.git("rev-list", "--reverse", "main").split()
    padre = ""
    for commit in cambio(commits):
        orden = ["commit-tree", f"{commit}^{{tree}}", *(["-p", padre] if padre else []), "-F", "-"]
        mensaje = casa.git("log", "-1", "--format=%B", commit).rstrip("\n") + "\n"
        padre = casa.git(*orden, entrada=mensaje.encode(), ambiente=firmado(casa, commit)).strip()
    casa.git("update-ref", "refs/heads/main", padre)
    casa.git("reset", "-q", "--hard")


def reescribir(casa: Casa, ruta: str, cambio: Callable[[dict[str, Any]], None]) -> None:
    """Rehace la historia entera aplicando el cambio a esa ficha en cada movimiento en que está."""
    commits = casa.git("rev-list", "--reverse", "main").split()
    indice = {**os.environ, "GIT_INDEX_FILE": str(casa.raiz.parent / "indice-falso")}
    padre = ""
    for commit in commits:
        casa.git("read-tree", commit, ambiente=indice)
        if casa.git("ls-tree", commit, ruta):
            ficha = json.loads(casa.git("show", f"{commit}:{ruta}"))
            cambio(ficha)
            texto = json.dumps(ficha, ensure_ascii=False, sort_keys=True, indent=2) + "\n"
            blob = casa.git("hash-object", "-w", "--stdin", entrada=texto.encode()).strip()
            casa.git("update-index", "--cacheinfo", f"100644,{blob},{ruta}", ambiente=indice)
        arbol = casa.git("write-tree", ambiente=indice).strip()
        mensaje = casa.git("log", "-1", "--format=%B", commit).rstrip("\n") + "\n"
        orden = ["commit-tree", arbol, *(["-p", padre] if padre else []), "-F", "-"]
        padre = casa.git(*orden, entrada=mensaje.encode(), ambiente=firmado(casa, commit)).strip()
    casa.git("update-ref", "refs/heads/main", padre)
    casa.git("reset", "-q", "--hard")


def falsificar_aprobacion(casa: Casa, **cambios: str) -> None:
    """Agrega a la ficha una aprobación bien formada y la registra con git, con mensaje y hora coherentes."""
    ficha = json.loads(casa.ruta(FICHA).read_text("utf-8"))
    ultimo = ficha["actos"][-1]
    m = {
        **{k: ultimo[k] for k in ("fecha", "huella", "sha256", "version")},
        "acto": "aprobar",
        "n": ultimo["n"] + 1,
        "cargo": "dn",
        "correo": "dn@senopl.example",
        "registra": cambios.get("correo", "dn@senopl.example"),
        "origen": "por_la_persona",
        **cambios,
    }
    instante = casa.reloj().astimezone().replace(microsecond=0)
    m["registrado"] = _en_chile(casa, instante.isoformat())
    cambiar_ficha(casa, lambda f: f["actos"].append(m))
    casa.git("add", "-A")
    nombres = {"dn": "Director/a Nacional", "cr2": "Jefe/a División de Formación y Certificación"}
    fecha = "-".join(reversed(m["fecha"].split("-")))
    mensaje = (
        f"Se aprueba PR-FOM-01 versión {m['version']} el {fecha}, por {nombres[m['cargo']]}\n\n"
        f"Esquema: 1\nActo: aprobar\nActo-N: {m['n']}\nDocumento: PR-FOM-01\nVersion: {m['version']}\n"
        f"Fecha: {m['fecha']}\nCargo: {m['cargo']}\nHuella: {m['huella']}\n"
    )
    registra = str(m["registra"])
    cargo = registra.split("@", maxsplit=1)[0]
    ambiente = {
        **os.environ,
        "GIT_AUTHOR_NAME": nombres[m["cargo"]],
        "GIT_AUTHOR_EMAIL": m["correo"],
        "GIT_COMMITTER_NAME": {"cdoc": "Profesional de Control Documental"}.get(
            cargo, nombres.get(cargo, cargo)
        ),
        "GIT_COMMITTER_EMAIL": registra,
        "GIT_AUTHOR_DATE": m["registrado"],
        "GIT_COMMITTER_DATE": m["registrado"],
    }
    casa.git("commit", "-q", "--no-verify", "-F", "-", entrada=mensaje.encode(), ambiente=ambiente)


def _en_chile(casa: Casa, instante: str) -> str:
    from datetime import datetime  # noqa: PLC0415
    from zoneinfo import ZoneInfo  # noqa: PLC0415

    return (
        datetime.fromisoformat(instante)
        .astimezone(ZoneInfo("America/Santiago"))
        .isoformat(timespec="seconds")
    )


def test_el_falsificador_perfecto_pasa_si_de_verdad_podia(casa: Casa) -> None:
    """La falsificación de control: si todo es legal y coherente, es un acto. Prueba que las otras fallan por lo suyo."""
    casa.hace("nueva-version PR-FOM-01 --motivo x")
    casa.hasta("PR-FOM-01", "revisar")
    falsificar_aprobacion(casa)
    assert casa.verificar()["ok"], casa.verificar()["alertas"]


def test_se_puede_verificar_sin_la_carpeta_de_trabajo_de_quien_escribe(casa: Casa, tmp_path: Path) -> None:
    """Una copia, como la de auditoría, se verifica igual; lo que no trae se dice y no se da por bueno."""
    clon, sola = tmp_path / "clon", tmp_path / "sola.git"
    subprocess.run(["git", "clone", "-q", str(casa.raiz), str(clon)], check=True)
    subprocess.run(["git", "clone", "-q", "--bare", str(casa.raiz), str(sola)], check=True)
    otra = Casa(clon, casa.reloj)
    alertas = otra.verificar()["alertas"]
    assert {a["regla"] for a in alertas} == {"evidencia"}
    assert "falta" in alertas[0]["mensaje"]
    informe = otra.hace("verificar --sin-evidencias")
    assert "las evidencias" in informe["sin_revisar"][0]
    copia = Casa(sola, casa.reloj)
    copia.negada("verificar -o", str(sola / "HEAD"), codigo=2, dice="es una copia de la historia")
    copia.negada("verificar --regenerar", codigo=2, dice="no tiene carpeta de trabajo")
    informe = copia.hace("verificar")
    assert informe["revisado"] == casa.verificar()["revisado"]
    assert ["los archivos de la carpeta" in s for s in informe["sin_revisar"]] == [False, True]


def test_un_sello_que_nadie_puede_repetir_no_se_da_por_bueno(rota: Casa) -> None:
    """El falsificador cambia quién firma en el Word emitido y anota que lo selló otro programa."""
    rota.hace('nueva-version PR-FOM-01 --motivo "Cambia el plazo"')
    rota.editar("PR-FOM-01", "Se responde en cinco días.")
    rota.hace("entregar PR-FOM-01", de="cr1")
    rota.hasta("PR-FOM-01", "emitir")
    archivo = rota.ruta(VIGENTE.replace("_v01", "_v02"))
    partes = dict(abrir(archivo.read_bytes(), archivo.name))
    cuerpo = partes["word/document.xml"]
    partes["word/document.xml"] = cuerpo.replace(b"Director/a Nacional", b"Jefe/a de Bodega")
    assert partes["word/document.xml"] != cuerpo
    archivo.chmod(0o644)
    archivo.write_bytes(empaquetar(partes, comprimir=True))

    def anotar(ficha: dict[str, Any]) -> None:
        ficha["actos"][-1]["sha256"] = hashlib.sha256(archivo.read_bytes()).hexdigest()
        ficha["actos"][-1]["extra"]["generador"] = "sgc-gt 0"

    cambiar_ficha(rota, anotar)
    rehacer_ultimo(rota)
    exigir_hallazgo(rota, "sello", "«sgc-gt 0»")
