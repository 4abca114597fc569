"""`entregar`: reconocer un archivo por dentro, no deshacer lo de nadie, y decir lo que se repara y lo que cambió."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from casa import Casa, escribir_en_word, revisar_lengua, texto_de
from mini_docx import mini_docx

NUEVA = "nueva-version PR-FOM-01 --motivo Cambio"
CARPETA = "documentos/FOM/PR-FOM-01"
BORRADOR = f"{CARPETA}/borrador/PR-FOM-01_v02.docx"
VIGENTE = f"{CARPETA}/PR-FOM-01_v01.docx"


@pytest.fixture
def borrador(casa: Casa) -> Path:
    """El borrador de la versión 02, recién abierto."""
    casa.hace(NUEVA)
    return casa.ruta(BORRADOR)


@pytest.fixture
def suelto(tmp_path: Path) -> Callable[..., Path]:
    """Una copia con otro nombre, editada como quien la recibió por correo."""

    def copiar(origen: Path, *textos: str, nombre: str = "Copia de PR final (2).docx") -> Path:
        destino = tmp_path / nombre
        shutil.copy(origen, destino)
        destino.chmod(0o644)
        for texto in textos:
            escribir_en_word(destino, texto)
        return destino

    return copiar


def sin_identidad(archivo: Path) -> Path:
    """Como lo deja un programa que no conserva las propiedades del documento."""
    documento = docx.Document(str(archivo))
    paquete = documento.part.package
    for rid, rel in list(paquete.rels.items()):
        if rel.reltype.endswith("/custom-properties"):
            del paquete.rels[rid]
    documento.save(str(archivo))
    return archivo


def cambiar(archivo: Path, viejo: str, nuevo: str) -> None:
    """Reemplaza el texto de un párrafo."""
    documento = docx.Document(str(archivo))
    [parrafo] = [p for p in documento.paragraphs if p.text == viejo]
    if nuevo:
        parrafo.text = nuevo
    else:
        parrafo._p.getparent().remove(parrafo._p)
    documento.save(str(archivo))


class TestIdentidad:
    """El archivo dice de qué documento es, se llame como se llame."""

    def test_se_reconoce_solo(self, casa: Casa, borrador: Path, suelto: Callable[..., Path]) -> None:
        r = casa.hace("entregar", str(suelto(borrador, "Escrito en casa.")), de="cr1")
        assert (r["codigo"], r["version"], r["estado"]) == ("PR-FOM-01", "02", "borrador")
        assert "Escrito en casa." in texto_de(borrador)

    def test_el_codigo_con_archivo_sigue_valiendo(
        self, casa: Casa, borrador: Path, suelto: Callable[..., Path]
    ) -> None:
        assert casa.hace("entregar pr-fom-01", str(suelto(borrador, "Uno.")), de="cr1")["cambios"]

    def test_sin_identidad_hay_que_decir_de_cual(
        self, casa: Casa, borrador: Path, suelto: Callable[..., Path]
    ) -> None:
        archivo = sin_identidad(suelto(borrador, "Uno."))
        error = casa.negada("entregar", str(archivo), de="cr1", dice="no dice de qué documento es")
        assert archivo.name in error["hacer"]
        r = casa.hace("entregar PR-FOM-01", str(archivo), de="cr1")
        assert r["cambios"]
        assert any("no dice de qué borrador salió" in a for a in r["avisos"])

    @pytest.mark.usefixtures("borrador")
    def test_sin_identidad_y_sin_nada_en_comun_es_otro_documento(self, casa: Casa) -> None:
        ajeno = casa.adjunto("receta.docx", mini_docx("T1 Ingredientes / p Harina y agua."))
        casa.negada("entregar PR-FOM-01", ajeno, de="cr1", dice="nada de lo que trae está en el borrador")

    def test_de_otro_servicio(
        self, casa: Casa, borrador: Path, suelto: Callable[..., Path], tmp_path: Path
    ) -> None:
        import zipfile  # noqa: PLC0415

        archivo, otro = suelto(borrador), tmp_path / "otro.docx"
        with zipfile.ZipFile(archivo) as viejo, zipfile.ZipFile(otro, "w") as nuevo:
            for nombre in viejo.namelist():
                nuevo.writestr(nombre, viejo.read(nombre).replace(b"PR-FOM-01", b"PR-FOM-77"))
        casa.negada("entregar", str(otro), de="cr1", dice="PR-FOM-77, y ese código no existe")

    @pytest.mark.usefixtures("borrador")
    def test_un_archivo_que_no_esta(self, casa: Casa) -> None:
        casa.negada("entregar no-esta.docx", de="cr1", codigo=2, dice="no existe")

    def test_la_copia_de_la_vigente_con_el_borrador_intacto_es_su_edicion(
        self, casa: Casa, borrador: Path, suelto: Callable[..., Path]
    ) -> None:
        r = casa.hace("entregar", str(suelto(casa.ruta(VIGENTE), "Editó la que regía.")), de="cr1")
        assert (r["version"], [c["seccion"] for c in r["cambios"]]) == ("02", ["1 Objetivo"])
        assert any("copia de la versión vigente (01)" in a for a in r["avisos"])
        assert "Editó la que regía." in texto_de(borrador)

    @pytest.mark.usefixtures("borrador")
    def test_la_copia_de_la_vigente_no_deshace_un_borrador_ya_escrito(
        self, casa: Casa, suelto: Callable[..., Path]
    ) -> None:
        archivo = suelto(casa.ruta(VIGENTE), "Editó la que regía.")
        casa.editar("PR-FOM-01", "Lo del borrador.")
        casa.hace("entregar PR-FOM-01", de="cr1")
        error = casa.negada("entregar", str(archivo), de="cr1", dice="«Lo del borrador.»")
        assert BORRADOR in error["esperado"]
        assert "Editó la que regía." in texto_de(archivo)

    def test_la_copia_de_la_vigente_sin_borrador_abierto(
        self, casa: Casa, suelto: Callable[..., Path]
    ) -> None:
        error = casa.negada(
            "entregar",
            str(suelto(casa.ruta(VIGENTE), "Sin abrir.")),
            de="cr1",
            dice="no hay borrador abierto",
        )
        assert "nueva-version PR-FOM-01" in error["hacer"]

    @pytest.mark.usefixtures("borrador")
    def test_la_copia_de_una_obsoleta(self, casa: Casa, suelto: Callable[..., Path]) -> None:
        archivo = suelto(casa.ruta(VIGENTE), "De hace un año.")
        casa.hasta("PR-FOM-01", "emitir")
        casa.hace(NUEVA)
        casa.negada("entregar", str(archivo), de="cr1", dice="que dejó de regir el 10-03-2025")

    def test_la_copia_de_un_borrador_descartado(
        self, casa: Casa, borrador: Path, suelto: Callable[..., Path]
    ) -> None:
        """La versión nueva tiene el mismo número; la copia es de la anterior."""
        archivo = suelto(borrador, "De lo descartado.")
        casa.hace("descartar PR-FOM-01 --motivo x", de="cr1")
        casa.hace(NUEVA)
        casa.negada("entregar", str(archivo), de="cr1", dice="se descartó")


class TestBase:
    """Una copia vencida no deshace lo de nadie; una que siguió sobre lo último, entra."""

    def test_la_de_otra_persona_vencida(
        self, casa: Casa, borrador: Path, suelto: Callable[..., Path]
    ) -> None:
        antigua = suelto(borrador, "Hecho sobre lo antiguo.")
        casa.editar("PR-FOM-01", "Lo que ya se entregó.")
        casa.hace("entregar PR-FOM-01", de="cr1")
        error = casa.negada("entregar", str(antigua), de="cr1", dice="Lo que ya se entregó.")
        assert BORRADOR in error["esperado"]
        assert "esta copia queda como está" in error["hacer"]

    def test_la_que_siguio_sobre_lo_ultimo(
        self, casa: Casa, borrador: Path, suelto: Callable[..., Path]
    ) -> None:
        casa.editar("PR-FOM-01", "Lo primero.")
        casa.hace("entregar PR-FOM-01", de="cr1")
        assert casa.hace("entregar", str(suelto(borrador, "Lo segundo.")), de="cr1")["cambios"]
        assert "Lo primero." in texto_de(borrador)

    def test_reponer_lo_suprimido_tambien_es_deshacer(
        self, casa: Casa, borrador: Path, suelto: Callable[..., Path]
    ) -> None:
        antigua = suelto(borrador, "Uno nuevo.")
        cambiar(borrador, "Se publican las bases.", "")
        casa.hace("entregar PR-FOM-01", de="cr1")
        casa.negada("entregar", str(antigua), de="cr1", dice="que ahí se suprimió")

    def test_sin_base_y_con_algo_entregado_quedan_los_dos_lados(
        self, casa: Casa, borrador: Path, suelto: Callable[..., Path]
    ) -> None:
        archivo = sin_identidad(suelto(borrador, "Pegado en otro programa."))
        casa.editar("PR-FOM-01", "Lo que ya se entregó.")
        casa.hace("entregar PR-FOM-01", de="cr1")
        casa.negada("entregar PR-FOM-01", str(archivo), de="cr1", dice="no dice de qué borrador salió")
        # Poner ese archivo en la carpeta es decir que reemplaza al que estaba: lo anterior sigue en la historia.
        shutil.copy(archivo, borrador)
        assert casa.hace("entregar PR-FOM-01", de="cr1")["cambios"]

    def test_sin_base_pero_con_todo_lo_entregado(
        self, casa: Casa, borrador: Path, suelto: Callable[..., Path]
    ) -> None:
        casa.editar("PR-FOM-01", "Lo que ya se entregó.")
        casa.hace("entregar PR-FOM-01", de="cr1")
        archivo = sin_identidad(suelto(borrador, "Y lo siguiente."))
        assert casa.hace("entregar PR-FOM-01", str(archivo), de="cr1")["cambios"]


class TestLoQueSeDice:
    """Los cambios respecto de la vigente, la fila propuesta y lo que se repara."""

    @pytest.mark.usefixtures("borrador")
    def test_los_cambios_son_respecto_de_la_vigente(self, casa: Casa) -> None:
        casa.editar("PR-FOM-01", "En Ñuble se recibe en papel.")
        casa.hace("entregar PR-FOM-01", de="cr1")
        casa.editar("PR-FOM-01", "También en Arica.", despues_de="Alcance")
        r = casa.hace("entregar PR-FOM-01", de="cr1")
        assert [c["seccion"] for c in r["cambios"]] == ["1 Objetivo", "2 Alcance"]
        assert [c["seccion"] for c in r["en_esta_entrega"]] == ["2 Alcance"]
        assert r["fila"] == {
            "secciones": "1 Objetivo; 2 Alcance",
            "descripcion": "En 1 Objetivo agrega «En Ñuble se recibe en papel.»; en 2 Alcance agrega «También en Arica.»",
        }

    @pytest.mark.usefixtures("borrador")
    def test_la_fila_propuesta_llega_al_control_de_cambios(self, casa: Casa) -> None:
        casa.editar("PR-FOM-01", "En Ñuble se recibe en papel.")
        assert "Descripción: En 1 Objetivo agrega «En Ñuble" in casa.dice("entregar PR-FOM-01", de="cr1")
        casa.hasta("PR-FOM-01", "emitir")
        assert "En 1 Objetivo agrega «En Ñuble se recibe en papel.»" in texto_de(
            casa.ruta(f"{CARPETA}/PR-FOM-01_v02.docx")
        )

    @pytest.mark.usefixtures("borrador")
    def test_la_descripcion_de_la_persona_manda(self, casa: Casa) -> None:
        casa.editar("PR-FOM-01", "En Ñuble se recibe en papel.")
        casa.hace("entregar PR-FOM-01", de="cr1")
        casa.hace("enviar PR-FOM-01 --descripcion 'Incorpora la postulación en papel'", de="cr1")
        extra = casa.hace("historial PR-FOM-01")[-1]["extra"]
        assert extra["descripcion"] == "Incorpora la postulación en papel"
        assert extra["secciones"] == "1 Objetivo"

    def test_lo_escrito_en_el_encabezado_se_informa_y_se_rehace(self, casa: Casa, borrador: Path) -> None:
        casa.editar("PR-FOM-01", "Un cambio.")
        documento = docx.Document(str(borrador))
        documento.sections[0].header.add_paragraph("Urgente: circular a todos")
        documento.sections[0].footer.add_paragraph("Impreso en Temuco")
        documento.save(str(borrador))
        r = casa.hace("entregar PR-FOM-01", de="cr1")
        assert r["encabezados"] == [
            "Lo escrito en el encabezado no se conserva: «Urgente: circular a todos».",
            "Lo escrito en el pie no se conserva: «Impreso en Temuco».",
        ]
        [envio] = casa.hace("enviar PR-FOM-01", de="cr1")
        assert envio["reparado"] == r["encabezados"]
        assert "Urgente" not in texto_de(borrador)
        assert "Un cambio." in texto_de(borrador)

    def test_un_encabezado_cambiado_sin_texto_nuevo_no_es_un_acto_pero_se_dice(
        self, casa: Casa, borrador: Path
    ) -> None:
        documento = docx.Document(str(borrador))
        documento.sections[0].header.add_paragraph("Solo esto")
        documento.save(str(borrador))
        antes = casa.cabeza()
        r = casa.hace("entregar PR-FOM-01", de="cr1")
        assert (r["cambios"], r["encabezados"]) == (
            [],
            ["Lo escrito en el encabezado no se conserva: «Solo esto»."],
        )
        assert casa.cabeza() == antes

    def test_lo_reparado_queda_en_el_historial_y_en_la_pantalla(self, casa: Casa, borrador: Path) -> None:
        documento = docx.Document(str(borrador))
        w = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
        for nodo in documento.element.body.iter(f"{w}t"):
            if nodo.text == "PR-FOM-01":
                nodo.text = "PR-FALSO-99"
        documento.save(str(borrador))
        casa.editar("PR-FOM-01", "Un cambio.")
        casa.hace("entregar PR-FOM-01", de="cr1")
        dicho = casa.dice("enviar PR-FOM-01", de="cr1")
        assert (
            "Se reparó. La zona «Código» en el cuerpo dice «PR-FALSO-99» y corresponde «PR-FOM-01»." in dicho
        )
        assert any("PR-FALSO-99" in o for o in casa.hace("historial PR-FOM-01")[-1]["extra"]["reparado"])
        assert "PR-FALSO-99" in casa.dice("historial PR-FOM-01")

    def test_lo_escrito_dentro_de_una_tabla_del_sistema_se_cita(self, casa: Casa, borrador: Path) -> None:
        documento = docx.Document(str(borrador))
        w = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
        [tabla] = [
            t
            for t in documento.element.body.iter(f"{w}tbl")
            if "Descripción del cambio" in "".join(n.text or "" for n in t.iter(f"{w}t"))
        ]
        celda = list(tabla.iter(f"{w}tc"))[-3]
        next(celda.iter(f"{w}p")).append(
            docx.oxml.parse_xml(f'<w:r xmlns:w="{w[1:-1]}"><w:t>Cambió todo</w:t></w:r>')
        )
        documento.save(str(borrador))
        casa.editar("PR-FOM-01", "Un cambio.")
        avisos = casa.hace("entregar PR-FOM-01", de="cr1")["avisos"]
        assert any(
            "«Control de cambios»" in a and "Cambió todo" in a and "no se conserva" in a for a in avisos
        ), avisos
        [envio] = casa.hace("enviar PR-FOM-01", de="cr1")
        assert any("Cambió todo" in o for o in envio["reparado"])
        assert "Cambió todo" not in texto_de(borrador)

    def test_los_avisos_se_leen(self, casa: Casa, borrador: Path) -> None:
        documento = docx.Document(str(borrador))
        documento.sections[0].header.add_paragraph("Algo")
        documento.save(str(borrador))
        for linea in casa.dice("entregar PR-FOM-01", de="cr1").splitlines():
            revisar_lengua(linea.strip())
