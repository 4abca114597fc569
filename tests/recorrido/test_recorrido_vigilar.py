"""Las carpetas conectadas, con archivos de verdad y la orden de verdad: `vigilar --una-vez`."""

from __future__ import annotations

import re
import shutil

import docx
import pytest
from carpetas_conectadas import Conectada
from casa import Casa, escribir_en_word, revisar_lengua, texto_de
from filelock import FileLock

from sgc_gt.repositorio.repositorio import Repositorio
from sgc_gt.word.paquete import empaquetar
from sgc_gt.word.puerta import abrir


@pytest.fixture
def conectada(casa: Casa) -> Conectada:
    return Conectada(casa)


def test_el_borrador_llega_y_lo_guardado_vuelve(conectada: Conectada) -> None:
    """La ida y vuelta entera, sin que quien elabora dé una orden."""
    archivo = conectada.abrir()
    assert archivo.is_file()
    assert conectada.sucesos() == []
    conectada.escribir(archivo)
    [suceso] = conectada.pasada()
    assert (suceso["suceso"], suceso["codigo"], suceso["version"]) == ("recibido", "PR-FOM-01", "02")
    assert suceso["secciones"] == ["1 Objetivo"]
    ultimo = conectada.ultimo()
    assert (ultimo["acto"], ultimo["origen"], ultimo["cargo"]) == ("entregar", "declarado", "cr1")
    assert (ultimo["correo"], ultimo["registra"]) == ("cr1@senopl.example", "cdoc@senopl.example")
    assert ultimo["extra"]["carpeta"] == "cr1"
    assert conectada.sucesos() == []


def test_un_archivo_renombrado_se_reconoce_por_dentro(conectada: Conectada) -> None:
    archivo = conectada.abrir()
    otro = archivo.rename(archivo.with_name("mi procedimiento final.docx"))
    conectada.escribir(otro)
    assert conectada.sucesos() == ["recibido"]
    assert not archivo.exists(), "no se pone otra copia junto a la que ya hay"


def test_guardar_sin_cambiar_no_es_un_movimiento(conectada: Conectada) -> None:
    archivo = conectada.abrir()
    antes = conectada.ultimo()["n"]
    docx.Document(str(archivo)).save(str(archivo))  # otros bytes, el mismo texto
    assert conectada.sucesos() == []
    assert conectada.ultimo()["n"] == antes


@pytest.mark.parametrize(
    "nombre",
    [
        "~WRD0001.tmp",
        "~$-FOM-01_v02.docx",
        ".~lock.PR-FOM-01_v02.docx#",
        ".DS_Store",
        "Thumbs.db",
        "PR-FOM-01_v02.docx.sb-1a2b3c-XyZ",
        "desktop.ini",
        "PR-FOM-01_v02.docx.crdownload",
    ],
)
def test_lo_que_no_es_un_documento_se_deja_estar(conectada: Conectada, nombre: str) -> None:
    archivo = conectada.abrir()
    resto = archivo.with_name(nombre)
    resto.write_bytes(b"PK\x03\x04 a medias")
    assert conectada.sucesos() == []
    assert resto.exists()


def test_abierto_en_word_se_espera_a_que_se_cierre(conectada: Conectada) -> None:
    archivo = conectada.abrir()
    aviso = archivo.with_name("~$-FOM-01_v02.docx")
    aviso.write_bytes(b"\x05cr1")
    conectada.escribir(archivo)
    assert conectada.sucesos() == []
    aviso.unlink()
    assert conectada.sucesos() == ["recibido"]


def test_a_medio_copiar_se_espera(conectada: Conectada) -> None:
    archivo = conectada.abrir()
    conectada.escribir(archivo)
    entero = archivo.read_bytes()
    archivo.write_bytes(entero[:3000])
    assert conectada.sucesos() == []
    # El lugar ya está reservado y todavía no se llena.
    archivo.write_bytes(entero[:3000] + b"\0" * (len(entero) - 3000))
    assert conectada.sucesos() == []
    archivo.write_bytes(entero)
    assert conectada.sucesos() == ["recibido"]


@pytest.mark.parametrize("nombre", ["PR-FOM-01_v02 (1).docx", "PR-FOM-01_v02 - copia.docx"])
def test_una_copia_de_la_nube_con_lo_mismo_no_hace_nada(conectada: Conectada, nombre: str) -> None:
    archivo = conectada.abrir()
    shutil.copyfile(archivo, archivo.with_name(nombre))
    assert conectada.sucesos() == []


def test_una_copia_de_la_nube_mas_nueva_se_recibe_y_la_otra_queda_al_dia(conectada: Conectada) -> None:
    archivo = conectada.abrir()
    otra = archivo.with_name("PR-FOM-01_v02 (conflicto de CR1 2025-03-10).docx")
    shutil.copyfile(archivo, otra)
    conectada.escribir(otra, "Escrito en el otro equipo.")
    assert conectada.sucesos() == ["recibido", "repuesto"]
    assert "Escrito en el otro equipo." in texto_de(archivo)
    assert otra.exists()


def test_dos_copias_distintas_se_conservan_las_dos(conectada: Conectada) -> None:
    archivo = conectada.abrir()
    otra = archivo.with_name("PR-FOM-01_v02 (1).docx")
    shutil.copyfile(archivo, otra)
    conectada.escribir(archivo, "Escrito en la oficina.")
    conectada.escribir(otra, "Escrito en la casa.")
    sucesos = conectada.pasada()
    assert sorted(s["suceso"] for s in sucesos)[:2] == ["negado", "recibido"], sucesos
    textos = texto_de(archivo) + texto_de(otra)
    assert "Escrito en la oficina." in textos
    assert "Escrito en la casa." in textos
    assert conectada.sucesos() == []


def test_al_enviar_la_copia_intacta_se_retira(conectada: Conectada) -> None:
    archivo = conectada.abrir()
    conectada.escribir(archivo)
    conectada.sucesos()
    conectada.casa.hace("enviar PR-FOM-01", de="cr1")
    assert conectada.sucesos() == ["retirado"]
    assert list(conectada.carpeta().iterdir()) == []


def test_lo_guardado_despues_del_envio_se_conserva_y_se_ofrece_retirarlo(conectada: Conectada) -> None:
    archivo = conectada.abrir()
    conectada.escribir(archivo)
    conectada.sucesos()
    conectada.casa.hace("enviar PR-FOM-01", de="cr1")
    conectada.escribir(archivo, "Una idea de último minuto.")
    [suceso] = conectada.pasada()
    assert suceso["suceso"] == "guardado_despues"
    assert "sgc-gt retirar PR-FOM-01" in suceso["texto"]
    assert conectada.sucesos() == [], "se dice una vez"
    conectada.casa.hace("retirar PR-FOM-01", de="cr1")
    assert conectada.sucesos() == ["recibido"], "de vuelta en borrador, lo guardado se recibe"
    assert "Una idea de último minuto." in texto_de(archivo)


def test_la_carpeta_se_pierde_y_vuelve(conectada: Conectada) -> None:
    archivo = conectada.abrir()
    aparte = conectada.base.with_name("desconectada")
    conectada.base.rename(aparte)
    [suceso] = conectada.pasada()
    assert suceso["suceso"] == "carpeta_perdida"
    aparte.rename(conectada.base)
    conectada.escribir(archivo)
    assert "recibido" in conectada.sucesos()


def test_sin_permiso_se_dice_y_se_sigue_con_lo_demas(conectada: Conectada) -> None:
    archivo = conectada.abrir()
    roto = archivo.with_name("PR-FOM-01_v02 (1).docx")
    roto.symlink_to(archivo.with_name("no existe"))
    conectada.escribir(archivo)
    assert conectada.sucesos() == ["recibido"]


def test_un_archivo_que_no_se_puede_recibir_se_explica_al_lado_y_no_se_insiste(conectada: Conectada) -> None:
    archivo = conectada.abrir()
    archivo.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500)
    [suceso] = conectada.pasada()
    assert suceso["suceso"] == "negado"
    revisar_lengua(suceso["texto"])
    nota = archivo.with_name("PR-FOM-01_v02 (no se recibió).txt")
    assert "contraseña" in nota.read_text("utf-8-sig")
    assert conectada.sucesos() == []


def test_si_nadie_ejerce_el_cargo_se_dice_y_nada_se_recibe(conectada: Conectada) -> None:
    archivo = conectada.abrir()
    configuracion = conectada.casa.ruta("sgc.yaml")
    linea = "{correo: cr1@senopl.example, cargo: cr1, desde: '2020-01-01'}"
    texto = configuracion.read_text("utf-8")
    configuracion.write_text(texto.replace(linea, linea[:-1] + ", hasta: '2025-03-01'}"), "utf-8")
    conectada.casa.hace("configurar --motivo 'Deja el cargo'")
    conectada.escribir(archivo)
    [suceso] = conectada.pasada()
    assert suceso["suceso"] == "sin_persona"
    assert conectada.ultimo()["acto"] == "nueva-version"


def test_las_observaciones_quedan_en_el_historial(conectada: Conectada) -> None:
    archivo = conectada.abrir()
    conectada.escribir(archivo)
    partes = abrir(archivo.read_bytes(), archivo.name)
    cierre = b"</cp:coreProperties>"
    quien = b"<cp:lastModifiedBy>Equipo de Fomento</cp:lastModifiedBy>"
    partes["docProps/core.xml"] = partes["docProps/core.xml"].replace(cierre, quien + cierre)
    archivo.write_bytes(empaquetar(partes))
    assert conectada.sucesos() == ["recibido"]
    extra = conectada.ultimo()["extra"]
    assert extra["guardado_por"] == "Equipo de Fomento"
    assert extra["propietario"] == archivo.owner()
    dicho = conectada.casa.dice("historial PR-FOM-01")
    assert "según Word lo guardó «Equipo de Fomento»" in dicho
    assert "declarado en su carpeta" in dicho


def test_el_borrador_editado_en_la_carpeta_del_servicio_tambien_se_recibe(conectada: Conectada) -> None:
    archivo = conectada.abrir()
    conectada.casa.editar("PR-FOM-01", "Escrito en la carpeta del servicio.")
    assert conectada.sucesos() == ["recibido", "repuesto"]
    assert "Escrito en la carpeta del servicio." in texto_de(archivo)
    assert conectada.ultimo()["extra"]["carpeta"] == "servicio"


def test_la_vigente_editada_se_restituye_y_lo_escrito_es_el_borrador_siguiente(conectada: Conectada) -> None:
    conectada.sucesos()
    vigente = conectada.casa.ruta("documentos/FOM/PR-FOM-01/PR-FOM-01_v01.docx")
    aprobado = vigente.read_bytes()
    escribir_en_word(vigente, "Corregido encima de la vigente.")
    assert conectada.sucesos() == ["edicion_directa", "puesto"]
    assert vigente.read_bytes() == aprobado
    assert "Corregido encima de la vigente." in texto_de(conectada.copia())
    actos = [f["acto"] for f in conectada.casa.hace("historial PR-FOM-01")][-2:]
    assert actos == ["nueva-version", "entregar"]
    assert conectada.ultimo()["origen"] == "declarado"


def test_la_vigente_editada_con_otra_version_en_trabajo_se_conserva_aparte(conectada: Conectada) -> None:
    conectada.abrir()
    vigente = conectada.casa.ruta("documentos/FOM/PR-FOM-01/PR-FOM-01_v01.docx")
    aprobado = vigente.read_bytes()
    escribir_en_word(vigente, "Corregido encima de la vigente.")
    sucesos = conectada.pasada()
    assert sucesos[0]["suceso"] == "edicion_conservada"
    assert vigente.read_bytes() == aprobado
    [guardado] = conectada.carpeta().glob("*edición directa*")
    assert "Corregido encima de la vigente." in texto_de(guardado)
    assert conectada.ultimo()["acto"] == "nueva-version"
    assert conectada.sucesos() == []


def test_la_vigente_guardada_sin_cambios_solo_se_restituye(conectada: Conectada) -> None:
    conectada.sucesos()
    vigente = conectada.casa.ruta("documentos/FOM/PR-FOM-01/PR-FOM-01_v01.docx")
    docx.Document(str(vigente)).save(str(vigente))
    assert conectada.sucesos() == ["restituido"]


def test_la_vigente_reemplazada_por_algo_que_no_es_word_no_se_pierde(conectada: Conectada) -> None:
    conectada.sucesos()
    vigente = conectada.casa.ruta("documentos/FOM/PR-FOM-01/PR-FOM-01_v01.docx")
    vigente.write_bytes(b"%PDF-1.4 no es un docx")
    assert conectada.sucesos()[0] == "edicion_conservada"
    [guardado] = conectada.carpeta().glob("*edición directa*")
    assert guardado.read_bytes() == b"%PDF-1.4 no es un docx"


def test_sin_memoria_no_se_pierde_ni_se_repite_nada(conectada: Conectada) -> None:
    archivo = conectada.abrir()
    conectada.escribir(archivo)
    conectada.sucesos()
    conectada.casa.ruta(".git/sgc/vigia.json").unlink()
    assert conectada.sucesos() == []
    conectada.casa.hace("enviar PR-FOM-01", de="cr1")
    conectada.casa.ruta(".git/sgc/vigia.json").unlink()
    assert conectada.sucesos() == ["retirado"]


def test_quien_no_es_control_documental_no_vigila(conectada: Conectada) -> None:
    conectada.casa.negada("vigilar --una-vez", de="cr1", dice="no le corresponde")


def test_sin_carpetas_conectadas_se_dice_que_falta(casa: Casa) -> None:
    casa.negada("vigilar --una-vez", codigo=2, dice="carpetas conectadas")


def test_una_carpeta_dentro_del_servicio_se_rechaza(casa: Casa) -> None:
    configuracion = casa.ruta("sgc.yaml")
    adentro = f"\ncarpetas_conectadas: {{base: '{casa.raiz}/intercambio'}}\n"
    configuracion.write_text(configuracion.read_text("utf-8") + adentro, "utf-8")
    casa.negada("configurar --motivo M", codigo=2, dice="dentro de la carpeta del servicio")


def test_en_la_carpeta_de_otro_cargo_no_es_de_quien_elabora(conectada: Conectada) -> None:
    """Lo que aparece en la carpeta de otro cargo es de ese cargo: el procedimiento dice que no le corresponde."""
    archivo = conectada.abrir()
    conectada.casa.nuevo("FOR", titulo="Talleres", elabora="cr2")
    conectada.sucesos()
    ajeno = conectada.carpeta("cr2") / archivo.name
    shutil.copyfile(archivo, ajeno)
    conectada.escribir(ajeno, "Escrito por otra división.")
    [suceso] = conectada.pasada()
    assert (suceso["suceso"], suceso["cargo"]) == ("negado", "cr2")
    assert "no le corresponde" in suceso["razon"]
    assert conectada.ultimo()["acto"] == "nueva-version"


def test_lo_escrito_en_los_dos_lugares_se_recibe_en_orden_y_nada_se_pierde(conectada: Conectada) -> None:
    archivo = conectada.abrir()
    conectada.casa.editar("PR-FOM-01", "Escrito en la carpeta del servicio.")
    conectada.escribir(archivo, "Escrito en la carpeta conectada.")
    sucesos = [(s["suceso"], s["archivo"] == archivo.as_posix()) for s in conectada.pasada()]
    assert sucesos == [("recibido", False), ("negado", True)]
    assert "Escrito en la carpeta conectada." in texto_de(archivo)


def test_un_formulario_que_no_es_de_word_tambien_va_y_vuelve(conectada: Conectada) -> None:
    planilla = conectada.casa.raiz.parent / "formulario.xlsx"
    planilla.write_bytes(b"PK\x03\x04 una planilla")
    linea = "crear archivo --titulo 'Solicitud' --area FOM --elabora cr1 --revisa egt --aprueba dn --archivo"
    codigo = conectada.casa.hace(linea, str(planilla))["codigo"]
    assert conectada.sucesos() == ["puesto"]
    archivo = conectada.copia(f"{codigo}_v01.xlsx")
    archivo.write_bytes(b"PK\x03\x04 una planilla con otra columna")
    assert conectada.sucesos() == ["recibido"]
    assert conectada.ultimo(codigo)["origen"] == "declarado"


def test_cada_linea_se_entiende_y_empieza_por_la_hora(conectada: Conectada) -> None:
    conectada.casa.hace("nueva-version PR-FOM-01 --motivo 'Mejoras'")
    linea = conectada.casa.dice("vigilar --una-vez").splitlines()[0]
    revisar_lengua(linea)
    esperada = (
        r"\d\d:\d\d PR-FOM-01 versión 02: el borrador quedó en la carpeta de Jefe/a División de Fomento\."
    )
    assert re.fullmatch(esperada, linea), linea


def test_mientras_otra_orden_registra_se_espera(
    conectada: Conectada, monkeypatch: pytest.MonkeyPatch
) -> None:
    archivo = conectada.abrir()
    conectada.escribir(archivo)
    monkeypatch.setattr(Repositorio.escritura.__wrapped__, "__defaults__", (0.1,))
    with FileLock(conectada.casa.ruta(".git/sgc.lock")):
        assert conectada.sucesos() == []
    assert conectada.sucesos() == ["recibido"]


def test_un_documento_con_macros_o_de_otro_procesador_no_pasa_en_silencio(conectada: Conectada) -> None:
    conectada.abrir()
    for nombre in ("PR-FOM-01 nuevo.docm", "PR-FOM-01.odt"):
        (conectada.carpeta() / nombre).write_bytes(b"PK\x05\x06" + b"\0" * 18)
    assert conectada.sucesos() == ["sin_identidad", "sin_identidad"]
