"""La configuración con que parte un servicio que todavía no tiene una: completa, válida y comentada."""

from __future__ import annotations

import json
from datetime import date

_SIN_FECHA = date(2020, 1, 1)

_TEXTO = """\
# La configuración del servicio. Se cambia aquí y se registra con: sgc-gt configurar
# Cada clave se explica en docs/referencia/sgc_yaml.md.
esquema: 1

servicio:
  nombre: {nombre}
  sigla: {sigla}
  ministerio: ""
  comite: Comité de la Calidad
  zona_horaria: America/Santiago
  es_gore: false # true si el servicio es un gobierno regional

norma: "ISO 9001:2015" # también "ISO 9001:2008"
paquetes: [sgc, gt] # sin gt no se ve nada de Gestión Territorial
regiones: todas # o todas_2010, o una lista de códigos: ["15", "01"]

codigos:
  mascara: "{{tipo}}-{{area}}-{{nn}}" # PR-GT-01
  areas: # cada área o proceso tiene su sigla
    SGC: Sistema de Gestión de la Calidad
    GT: Gestión Territorial

versiones: {{primera: 1, ancho: 2, separador_menor: "."}} # 01, 02, 02.1

# Los subrogantes van en el orden en que reemplazan. Cambie los nombres por los de su servicio.
cargos:
  jefatura: {{nombre: Jefe/a de Servicio, subrogantes: [subjefatura]}}
  subjefatura: {{nombre: Subjefe/a de Servicio}}
  egt: {{nombre: Encargado/a del Sistema Gestión Territorial, subrogantes: [ecal]}}
  ecal: {{nombre: Encargado/a de Calidad}}
  cdoc: {{nombre: Profesional de Control Documental, subrogantes: [ecal]}}
  aud: {{nombre: Auditor/a Interno/a}}
  fis: {{nombre: Fiscal}}
  ofpa: {{nombre: Encargado/a de Oficina de Partes}}
  cr: {{nombre: Encargado/a de Centro de Responsabilidad}}
  dr: {{nombre: Director/a Regional, por_region: true}} # uno por región: dr-15, dr-01…

# Una línea por persona y cargo. Quien deja el cargo no se borra: se le pone «hasta».
personas:
  - {{correo: {correo}, cargo: cdoc, desde: {desde}, nombre: {persona}}}

# control_documental y jefe_servicio no pueden faltar.
roles:
  control_documental: [cdoc]
  jefe_servicio: [jefatura]
  representante_direccion: [ecal]
  encargado_gt: [egt]
  encargado_cr: [cr]
  jefatura_territorial: [dr]
  miembro_comite: [subjefatura, egt, ecal]
  auditor: [aud]
  revisor_juridico: [fis]
  oficina_partes: [ofpa]

# El camino de un documento hasta regir. Estos son los que vienen puestos: cámbielos o agregue otros.
# En «aprobar» vale el respaldo que dice cada tipo: firma, PDF firmado o resolución.
circuitos:
  normal:
    - {{acto: revisar, rol: revisa, distinto_de: [elabora]}}
    - {{acto: aprobar, rol: aprueba, distinto_de: [elabora, revisar]}}
    - {{acto: emitir, rol: control_documental}}
  con_visacion:
    - {{acto: revisar, rol: revisa, distinto_de: [elabora]}}
    - {{acto: aprobar, rol: aprueba, distinto_de: [elabora, revisar]}}
    - {{acto: remitir, rol: control_documental}}
    - {{acto: visar, rol: control_documental}}
    - {{acto: emitir, rol: control_documental}}
  menor:
    - {{acto: aprobar, rol: responsable, distinto_de: [elabora]}}
    - {{acto: emitir, rol: control_documental}}
  registro:
    - {{acto: aprobar, rol: aprueba, distinto_de: [elabora]}}
    - {{acto: emitir, rol: control_documental}}

# Quiénes deben conocer cada documento que rige: cargos, roles, códigos de región o «todas» (las regiones).
# Por ejemplo: destinatarios: [{{a: [todas]}}, {{a: [fis], tipos: [procedimiento]}}]
distribucion: {{plazo_dias: 10, destinatarios: []}}

# Documentos en que no se puede separar a quien elabora de quien aprueba, con la razón. Siempre se muestran.
excepciones: []

# Lo que el servicio cambia de un tipo, por ejemplo: procedimiento: {{revision_meses: 36}}
tipos: {{}}
"""


def inicial(nombre: str, sigla: str, correo: str, nombre_persona: str, desde: date = _SIN_FECHA) -> bytes:
    """`sgc.yaml` de partida, con esa persona como control documental desde esa fecha."""
    return _TEXTO.format(
        nombre=_entre_comillas(nombre),
        sigla=_entre_comillas(sigla),
        correo=_entre_comillas(correo),
        desde=desde.isoformat(),
        persona=_entre_comillas(nombre_persona),
    ).encode("utf-8")


def _entre_comillas(texto: str) -> str:
    """El texto en una línea y citado: un nombre puede llevar «:», comillas o empezar con «*»."""
    limpio = " ".join("".join(c if c.isprintable() else " " for c in texto).split())
    return json.dumps(limpio, ensure_ascii=False)
