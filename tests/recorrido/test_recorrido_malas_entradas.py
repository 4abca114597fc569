"""Configuración, datos, plantillas y archivos malos: se niegan con su lugar exacto y nada cambia."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import docx
import pytest
from casa import PROCEDIMIENTO, Casa, escribir_en_word, texto_de

CREAR = "crear procedimiento --titulo 'Reclamos' --area ATC --elabora cr5"
PLANTILLA = "plantillas_docx/procedimiento.docx"


@contextmanager
def editado(casa: Casa, ruta: str) -> Iterator[Path]:
    """Alguien cambia un archivo de configuración; al final lo devuelve a como estaba."""
    archivo = casa.ruta(ruta)
    antes = archivo.read_bytes()
    try:
        yield archivo
    finally:
        archivo.write_bytes(antes)


class TestConfiguracion:
    """`configurar` valida todo antes de registrar, y dice la línea."""

    @pytest.mark.parametrize(
        ("patron", "nuevo", "dice"),
        [
            ("^cargos:", "crgos:", "¿quiso escribir «cargos»?"),
            ("cargo: ecal, desde", "crago: ecal, desde", "¿quiso escribir «cargo»?"),
            ("^  nombre: .*", "  #", "nombre"),
            ("^norma: .*", "norma", "sgc.yaml:"),
            ("^norma: .*", "norma: ISO 9001:2099", "ISO 9001:2015"),
            (r"jefe_servicio: \[dn\]", "jefe_servicio: [nadie]", "«nadie» no es un cargo"),
            ("cargo: ecal,", "cargo: ecla,", "«ecla» no es un cargo"),
            (r"subrogantes: \[sdn\]", "subrogantes: [sdm]", "«sdm»"),
            ("desde: '2020-01-01'}", "desde: '2020-02-30'}", "2020-02-30"),
            ("mascara: .*", "mascara: '{tipo}-{area}'", "{nn}"),
            ("^regiones: .*", "regiones: ['99']", "99"),
            ("zona_horaria: .*", "zona_horaria: America/Macondo", "America/Macondo"),
            ("^esquema: 1", "esquema: 2", "esquema"),
            ("^norma: .*", "norma: !!python/object/apply:os.system [id]", "marca"),
            ("^norma: .*", "norma: &a [*a]", "sgc.yaml:"),
        ],
    )
    def test_un_error_se_dice_con_su_linea_y_nada_cambia(
        self, casa: Casa, patron: str, nuevo: str, dice: str
    ) -> None:
        with editado(casa, "sgc.yaml") as archivo:
            texto, veces = re.subn(patron, nuevo, archivo.read_text("utf-8"), count=1, flags=re.MULTILINE)
            assert veces
            archivo.write_text(texto, "utf-8")
            error = casa.negada("configurar --motivo x", codigo=2, dice=dice)
            assert error["clase"] == "configuracion"
            assert any(re.match(r"sgc\.yaml(:\d+)?", p["lugar"]) for p in error["problemas"]), error

    def test_un_error_de_tipeo_no_se_ahoga_en_sus_ecos(self, casa: Casa) -> None:
        with editado(casa, "sgc.yaml") as archivo:
            archivo.write_text(archivo.read_text("utf-8").replace("\ncargos:", "\ncrgos:"), "utf-8")
            problemas = casa.negada("configurar --motivo x", codigo=2)["problemas"]
        assert len(problemas) <= 2, [p["mensaje"] for p in problemas]

    def test_todos_los_problemas_a_la_vez(self, casa: Casa) -> None:
        with editado(casa, "sgc.yaml") as archivo:
            texto = archivo.read_text("utf-8").replace("cargo: ecal,", "cargo: ecla,")
            archivo.write_text(texto.replace("cargo: aud,", "cargo: adu,"), "utf-8")
            (casa.raiz / "plantillas_docx" / "plan.yaml").write_bytes(
                (casa.raiz / "plantillas_docx" / "plan.yaml")
                .read_bytes()
                .replace(b"clase: documento", b"clase: nube")
            )
            problemas = casa.negada("configurar --motivo x", codigo=2)["problemas"]
            casa.git("checkout", "-q", "--", "plantillas_docx")
        assert {p["lugar"].split(":")[0] for p in problemas} == {"sgc.yaml", "plantillas_docx/plan.yaml"}
        assert len(problemas) == 3

    @pytest.mark.parametrize(
        "datos", [b"", b"\xff\xfea\x00", b"\x00\x01", b"a" * 2_000_000, b"caf\xe9: 1", b"- 1\n- 2"]
    )
    def test_un_archivo_que_no_es_la_configuracion(self, casa: Casa, datos: bytes) -> None:
        with editado(casa, "sgc.yaml") as archivo:
            archivo.write_bytes(datos)
            casa.negada("configurar --motivo x", codigo=2)

    def test_sin_su_archivo_de_configuracion(self, casa: Casa) -> None:
        with editado(casa, "sgc.yaml") as archivo:
            archivo.unlink()
            assert casa.orden("estado").codigo == 2

    def test_una_edicion_a_medias_no_estorba_a_los_actos(self, casa: Casa) -> None:
        """Los actos usan la configuración registrada, no la que alguien está escribiendo."""
        with editado(casa, "sgc.yaml") as archivo:
            archivo.write_text("esto: no sirve", "utf-8")
            casa.hace("nueva-version PR-FOM-01 --motivo Cambio")
            casa.hasta("PR-FOM-01", "emitir")
            assert archivo.read_text("utf-8") == "esto: no sirve"


class TestCargos:
    """Un cargo que no existe, uno que ya no se ejerce, uno sin nadie."""

    @pytest.mark.parametrize("opcion", ["elabora", "revisa", "aprueba", "responsable"])
    def test_un_cargo_desconocido(self, casa: Casa, opcion: str) -> None:
        linea = "crear procedimiento --titulo x --area ATC"
        linea += " --elabora cr1" if opcion != "elabora" else ""
        error = casa.negada(f"{linea} --{opcion} nadie", codigo=2, dice="nadie")
        assert opcion in error["lugar"]

    def test_un_cargo_vencido_no_actua(self, casa: Casa) -> None:
        archivo = casa.ruta("sgc.yaml")
        vencida = "{correo: cr1@senopl.example, cargo: cr1, desde: '2020-01-01', hasta: '2025-03-09'}"
        texto = archivo.read_text("utf-8").replace(
            "{correo: cr1@senopl.example, cargo: cr1, desde: '2020-01-01'}", vencida
        )
        archivo.write_text(texto, "utf-8")
        casa.hace("configurar --motivo 'Deja el cargo'")
        casa.hace("nueva-version PR-FOM-01 --motivo Cambio")
        casa.negada("generar PR-FOM-01", de="cr1", dice="no ejercía ningún cargo el 10-03-2025")
        casa.negada("enviar PR-FOM-01", de="cr1", dice="Jefe/a División de Fomento")

    def test_no_se_envia_lo_que_nadie_puede_aprobar(self, casa: Casa) -> None:
        codigo = casa.nuevo("ATC")
        archivo = casa.ruta("sgc.yaml")
        texto = re.sub(r"^  - \{correo: dn@.*\n", "", archivo.read_text("utf-8"), flags=re.MULTILINE)
        archivo.write_text(texto, "utf-8")
        casa.hace("configurar --motivo 'Vacancia'")
        casa.negada(f"enviar {codigo}", de="cr1", dice="Director/a Nacional")

    def test_quien_no_figura(self, casa: Casa) -> None:
        casa.negada(CREAR, de="nadie@otro.example", dice="nadie@otro.example")

    def test_un_cargo_elegido_que_la_persona_no_tiene(self, casa: Casa) -> None:
        casa.negada(f"--cargo dn {CREAR}", dice="Director/a Nacional")

    def test_equipo_sin_identidad(self, casa: Casa) -> None:
        casa.git("config", "--unset", "user.email")
        salida = casa.orden(CREAR)
        assert salida.codigo == 2
        assert "quién es usted" in salida.valor["error"]["mensaje"]
        casa.git("config", "user.email", "cdoc@senopl.example")


class TestDatos:
    """Los datos de un documento, escritos por una persona."""

    @pytest.mark.parametrize(
        ("datos", "dice"),
        [
            ("objetivos: [Falta una letra o sobra.]", "¿quiso escribir «objetivo»?"),
            ("objetivo: 3", "objetivo"),
            ("objetivo: [corto]", "objetivo"),
            ("responsabilidades: [{rol: Jefe/a}]", "deberes"),
            ("objetivo: [Uno bien escrito.\nalcance: [", "datos.yaml:"),
            ("objetivo: [Uno]\nobjetivo: [Dos]", "objetivo"),
            ("registros: [{codigo: RG-XX-99}]", "datos.yaml:"),
            ("- una lista", "datos.yaml"),
        ],
    )
    def test_datos_que_no_se_entienden(self, casa: Casa, datos: str, dice: str) -> None:
        error = casa.negada(f"{CREAR} --datos", casa.adjunto("datos.yaml", datos.encode()), dice=dice)
        assert error["clase"] == "entrada_invalida"

    @pytest.mark.parametrize(
        "texto",
        [
            "x & y <b> \"comillas\" 'simples' {{ 7*7 }} {% raw %} ]]> <!-- -->",
            "Á" * 50_000,
            "línea uno\nlínea dos\n\nlínea cuatro",
            "emoji 🏔 y combinado e\u0301, árabe مرحبا, cero\u200bancho",
            "{{ cycler.__init__.__globals__.os.system('touch /tmp/x') }}",
        ],
    )
    def test_un_texto_raro_llega_entero_al_documento(self, casa: Casa, texto: str) -> None:
        import yaml  # noqa: PLC0415

        datos = PROCEDIMIENTO.replace("objetivo: [Ordenar la entrega de los subsidios.]\n", "")
        datos += yaml.safe_dump({"objetivo": [texto]}, allow_unicode=True)
        codigo = casa.hace(f"{CREAR} --revisa egt --datos", casa.adjunto("d.yaml", datos.encode()))["codigo"]
        if "{{" in texto:  # llega entero, y así no se envía: parece un dato que la plantilla no llenó
            [borrador] = casa.raiz.glob(f"documentos/ATC/{codigo}/borrador/*.docx")
            assert texto in " ".join(p.text for p in docx.Document(str(borrador)).paragraphs)
            casa.negada(f"enviar {codigo}", de="cr5", dice="queda algo por completar")
            return
        casa.hasta(codigo, "emitir", elabora="cr5")
        [emitido] = casa.raiz.glob(f"documentos/ATC/{codigo}/*.docx")
        plano = " ".join(p.text for p in docx.Document(str(emitido)).paragraphs)
        assert " ".join(texto.split()) in " ".join(plano.split())
        assert "La pauta nacional vigente." in plano

    def test_un_titulo_raro_no_rompe_nada(self, casa: Casa) -> None:
        titulo = 'R&D <b>"1"</b> = {{ 1 }}; Ñandú\n\nActo: aprobar'
        r = casa.hace("crear procedimiento --area ATC --elabora cr5 --titulo", titulo)
        assert "\n" not in casa.ficha(r["codigo"])["identidad"]["titulo"]
        assert (
            "R&amp;D &lt;b&gt;" in zipfile.ZipFile(casa.ruta(r["archivo"])).read("word/document.xml").decode()
        )
        assert casa.git("log", "-1", "--format=%B").count("\nActo: ") == 1

    @pytest.mark.parametrize("titulo", ["", "   ", "\n"])
    def test_un_titulo_vacio(self, casa: Casa, titulo: str) -> None:
        casa.negada("crear procedimiento --area ATC --elabora cr5 --titulo", titulo, dice="título")

    def test_una_formula_en_el_titulo_no_se_ejecuta_en_excel(self, casa: Casa) -> None:
        codigo = casa.nuevo("ATC", titulo="=HYPERLINK(A1)")
        casa.hasta(codigo, "emitir")
        linea = next(li for li in casa.lista("lista_maestra/ATC.csv").splitlines() if codigo in li)
        assert not re.search(r"(^|;)\"?=", linea), linea


class TestCodigos:
    """Un código se usa una vez, y tiene la forma que el servicio dice."""

    @pytest.mark.parametrize(
        ("mas", "codigo", "dice"),
        [
            ("--area FOM --codigo PR-FOM-01", 1, "ya está usado"),
            ("--area FOM --codigo PR-GT-09", 2, "GT"),
            ("--codigo pr-fom-07", 2, "pr-fom-07"),
            ("--codigo ../../PR-1", 2, "../../PR-1"),
            ("--codigo PR-FOM-1", 2, "PR-FOM-1"),
            ("--codigo PL-GT-09", 2, "PL-GT-09"),
            ("--codigo CON", 2, "CON"),
            ("--codigo PR-FOM-02/../..", 2, "PR-FOM-02/../.."),
            ("--area fom", 2, "FOM"),
            ("", 2, "--area"),
        ],
    )
    def test_un_codigo_que_no_corresponde(self, casa: Casa, mas: str, codigo: int, dice: str) -> None:
        casa.negada(f"crear procedimiento --titulo x --elabora cr1 {mas}", codigo=codigo, dice=dice)

    def test_un_tipo_que_no_existe(self, casa: Casa) -> None:
        casa.negada("crear procedimeinto --titulo x --area FOM --elabora cr1", codigo=2, dice="procedimiento")


class TestPlantillas:
    """Una plantilla con trampas no se registra; si usa un dato que falta, el borrador no nace a medias."""

    def poner(self, casa: Casa, etiqueta: str) -> None:
        documento = docx.Document(str(casa.ruta(PLANTILLA)))
        parrafo = next(p for p in documento.paragraphs if "{{ doc." in p.text)
        parrafo.add_run(etiqueta)
        documento.save(str(casa.ruta(PLANTILLA)))

    @pytest.mark.parametrize(
        "etiqueta",
        [
            "{{ doc.codigo",
            "{% if datos %}",
            "{% endfor %}",
            "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
            "{{ ''.__class__.__mro__ }}",
            "{{ datos|attr('__class__') }}",
            "{% include 'sgc.yaml' %}",
            "{% import 'x' as y %}",
            "{{ no_existe }}",
            "{{ datos.objetivo|nofiltro }}",
        ],
    )
    def test_no_se_registra(self, casa: Casa, etiqueta: str) -> None:
        self.poner(casa, etiqueta)
        casa.negada("configurar --motivo x", codigo=2, dice=PLANTILLA)
        casa.git("checkout", "-q", "--", PLANTILLA)

    @pytest.mark.parametrize(
        "etiqueta",
        [
            "{{ datos.no_existe }}",
            "{{ 1/0 }}",
            "{{ 'a' * 999999999 }}",
            "{% for i in range(99999999) %}x{% endfor %}",
        ],
    )
    def test_lo_que_solo_se_sabe_al_generar_no_deja_medio_documento(self, casa: Casa, etiqueta: str) -> None:
        self.poner(casa, etiqueta)
        if casa.orden("configurar --motivo x").codigo == 0:
            salida = casa.orden(CREAR)
            assert salida.codigo in (1, 2), salida
            assert PLANTILLA in salida.texto
            assert not casa.ruta("documentos/ATC").exists()
        casa.git("checkout", "-q", "--", PLANTILLA)

    def test_no_es_un_docx(self, casa: Casa) -> None:
        casa.ruta(PLANTILLA).write_bytes(b"hola")
        casa.negada("configurar --motivo x", codigo=1, dice=PLANTILLA)
        casa.git("checkout", "-q", "--", PLANTILLA)

    def test_falta_la_plantilla_de_un_tipo(self, casa: Casa) -> None:
        casa.ruta(PLANTILLA).unlink()
        casa.negada("configurar --motivo x", codigo=2, dice=PLANTILLA)
        casa.git("checkout", "-q", "--", PLANTILLA)


class TestEntregas:
    """Lo que llega de afuera pasa por la puerta, y nada de lo escrito se pierde."""

    def borrador(self, casa: Casa) -> Path:
        casa.hace("nueva-version PR-FOM-01 --motivo Cambio")
        return casa.ruta("documentos/FOM/PR-FOM-01/borrador/PR-FOM-01_v02.docx")

    @pytest.mark.parametrize("nombre", ["acta.pdf", "planilla.xlsx", "macro.docm", "sin_extension"])
    def test_otro_formato(self, casa: Casa, nombre: str) -> None:
        self.borrador(casa)
        casa.negada("entregar PR-FOM-01", casa.adjunto(nombre), de="cr1", dice=nombre)

    @pytest.mark.parametrize("datos", [b"", b"PK\x03\x04roto", b"hola", b"%PDF-1.4"])
    def test_un_docx_que_no_lo_es(self, casa: Casa, datos: bytes) -> None:
        self.borrador(casa)
        casa.negada("entregar PR-FOM-01", casa.adjunto("x.docx", datos), de="cr1", dice="x.docx")

    def test_un_docx_con_macros(self, casa: Casa, tmp_path: Path) -> None:
        origen = self.borrador(casa)
        con_macros = tmp_path / "macros.docx"
        with zipfile.ZipFile(origen) as viejo, zipfile.ZipFile(con_macros, "w") as nuevo:
            for nombre in viejo.namelist():
                nuevo.writestr(nombre, viejo.read(nombre))
            nuevo.writestr("word/vbaProject.bin", b"\xd0\xcf\x11\xe0")
        casa.negada("entregar PR-FOM-01", str(con_macros), de="cr1", dice="macros.docx")

    def test_el_archivo_de_otro_documento(self, casa: Casa) -> None:
        """El propio archivo dice de quién es."""
        self.borrador(casa)
        otro = casa.nuevo("ATC")
        ajeno = casa.ruta(f"documentos/ATC/{otro}/borrador/{otro}_v01.docx")
        casa.negada("entregar PR-FOM-01", str(ajeno), de="cr1", dice=otro)

    def test_entregar_un_suelto_no_pisa_lo_que_hay_escrito_en_la_carpeta(
        self, casa: Casa, tmp_path: Path
    ) -> None:
        archivo = self.borrador(casa)
        suelto = tmp_path / "suelto.docx"
        suelto.write_bytes(archivo.read_bytes())
        escribir_en_word(suelto, "Lo que venía por correo.")
        escribir_en_word(archivo, "Lo que alguien escribió en la carpeta.")
        casa.orden("entregar PR-FOM-01", str(suelto), de="cr1")
        vivos = [a for a in casa.raiz.rglob("*.docx") if ".git" not in a.parts]
        guardado = any("Lo que alguien escribió en la carpeta." in texto_de(a) for a in vivos)
        historia = casa.git("log", "--all", "--format=%H").split()
        assert guardado, (len(historia), "el texto de la carpeta no está en ninguna parte")

    def test_un_suelto_hecho_sobre_un_borrador_anterior_no_pisa_lo_entregado(
        self, casa: Casa, tmp_path: Path
    ) -> None:
        """Base vencida: quien trabajó sobre lo antiguo debe enterarse, no deshacer lo de otra persona."""
        archivo = self.borrador(casa)
        suelto = tmp_path / "suelto.docx"
        suelto.write_bytes(archivo.read_bytes())
        escribir_en_word(suelto, "Hecho sobre lo antiguo.")
        casa.editar("PR-FOM-01", "Lo que ya se entregó.")
        casa.hace("entregar PR-FOM-01", de="cr1")
        casa.negada("entregar PR-FOM-01", str(suelto), de="cr1")
        assert "Lo que ya se entregó." in texto_de(archivo)

    def test_generar_no_pisa_lo_escrito_en_word(self, casa: Casa) -> None:
        archivo = self.borrador(casa)
        casa.editar("PR-FOM-01", "Trabajo de toda la tarde.")
        casa.negada("generar PR-FOM-01", de="cr1", dice="--descartar-edicion")
        casa.hace("entregar PR-FOM-01", de="cr1")
        casa.negada("generar PR-FOM-01", de="cr1", dice="--descartar-edicion")
        casa.hace("generar PR-FOM-01 --descartar-edicion", de="cr1")
        assert "Trabajo de toda la tarde." not in texto_de(archivo)

    def test_lo_descartado_no_revive_en_la_version_siguiente(self, casa: Casa) -> None:
        """Se descartó con una edición sin entregar; al abrir de nuevo la versión 02, su borrador es el suyo."""
        self.borrador(casa)
        casa.editar("PR-FOM-01", "Edición de lo descartado.")
        if casa.orden("descartar PR-FOM-01 --motivo x", de="cr1").codigo == 0:
            r = casa.hace("nueva-version PR-FOM-01 --motivo Otra")
            assert "Edición de lo descartado." not in texto_de(casa.ruta(r["archivo"]))
        vivos = [a for a in casa.raiz.rglob("*.docx") if ".git" not in a.parts]
        assert any("Edición de lo descartado." in texto_de(a) for a in vivos)  # y tampoco se perdió

    def test_enviar_no_deja_atras_lo_que_falta_entregar(self, casa: Casa) -> None:
        self.borrador(casa)
        casa.editar("PR-FOM-01", "Sin entregar.")
        casa.negada("enviar PR-FOM-01", de="cr1", dice="entregar PR-FOM-01")

    def test_los_datos_editados_y_no_generados_tampoco_se_quedan_atras(self, casa: Casa) -> None:
        """Cambió el archivo de datos y olvidó generar: enviar no puede callarlo."""
        archivo = self.borrador(casa)
        datos = archivo.with_suffix("").with_suffix(".datos.yaml")
        datos.write_text(PROCEDIMIENTO.replace("Ordenar la entrega", "Reordenar la entrega"), "utf-8")
        salida = casa.orden("enviar PR-FOM-01", de="cr1")
        assert salida.codigo == 1 or datos.name in salida.avisos, salida
        assert "Reordenar la entrega" in datos.read_text("utf-8")

    def test_sin_su_archivo(self, casa: Casa) -> None:
        self.borrador(casa).unlink()
        casa.negada("entregar PR-FOM-01", de="cr1", codigo=2, dice="no está en su carpeta")

    @pytest.mark.parametrize(("texto", "dice"), [("Objetivo", "Objetivo"), ("Alcance", "Alcance")])
    def test_no_se_envia_sin_una_seccion_obligatoria(self, casa: Casa, texto: str, dice: str) -> None:
        archivo = self.borrador(casa)
        documento = docx.Document(str(archivo))
        titulo = next(
            p for p in documento.paragraphs if p.text.strip() == texto and "TOC" not in p.style.name
        )
        titulo.text = "Otra cosa"
        documento.save(str(archivo))
        casa.hace("entregar PR-FOM-01", de="cr1")
        casa.negada("enviar PR-FOM-01", de="cr1", dice=dice)

    def test_no_se_envia_una_plantilla_sin_llenar(self, casa: Casa) -> None:
        codigo = casa.hace("crear procedimiento --titulo Vacío --area ATC --elabora cr1")["codigo"]
        casa.negada(f"enviar {codigo}", de="cr1", dice="guía")


def test_evidencia_que_no_existe(casa: Casa) -> None:
    casa.hace("nueva-version PR-FOM-01 --motivo Cambio")
    casa.hasta("PR-FOM-01", "revisar")
    casa.negada(
        "--como dn@senopl.example aprobar PR-FOM-01 --adjunto no-existe.pdf", codigo=2, dice="no-existe.pdf"
    )


def test_los_rechazos_de_uso_dicen_lo_que_si_se_puede(casa: Casa) -> None:
    assert "xlsx" in casa.negada("listas --formato pdf", codigo=2)["esperado"]
    assert "reemplazar" in casa.negada("externo borrar EX-01", codigo=2)["esperado"]


def test_un_repositorio_cualquiera_no_es_un_servicio(tmp_path: Path, casa: Casa) -> None:
    salida = casa.orden("estado", "--repo", str(tmp_path))
    assert salida.codigo == 2
    assert "servicio" in salida.valor["error"]["mensaje"]
